/** How long a person waits before they want to know. */
const QUIET_MS = 3000;

const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(0)} s`;

/** Does the work, and says on standard error what it is while it takes longer: again and again on a terminal, once elsewhere. */
export async function withProgress<Result>(doing: string, work: () => Promise<Result>): Promise<Result> {
  const startedMs = performance.now();
  let said = 0;
  const timer = setInterval(() => {
    if (said++ === 0 || process.stderr.isTTY) console.error(`${doing} … ${seconds(startedMs)}`);
  }, QUIET_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
