/** Where progress is told: a terminal, or whatever else standard output is. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Says what is done. */
export interface Progress {
  /** A line of its own. */
  line(text: string): void;
  /** A piece of work; its name and time are a line when it is done. `tell` says how far it is, in the end what came of it. */
  step<Result>(name: string, work: (tell: (detail: string) => void) => Promise<Result>): Promise<Result>;
}

interface Running {
  readonly name: string;
  readonly startedMs: number;
  detail: string;
}

/** How long a person waits before they want to know. */
const QUIET_MS = 3000;
const REPAINT_MS = 500;
const REPEAT_MS = 2500;
/** To the start of the line, and nothing after it. */
const WIPED = '\r\u001B[K';

/** For whoever wants to hear nothing. */
export const silent: Progress = { line: () => undefined, step: (_name, work) => work(() => undefined) };

const secondsSince = (startedMs: number, digits: number) =>
  `${((performance.now() - startedMs) / 1000).toFixed(digits)} s`;

function described({ name, startedMs, detail }: Running, digits: number): string {
  const text = `${name} ${secondsSince(startedMs, digits)}`;
  return detail === '' ? text : `${text} (${detail})`;
}

/** How a screen hears that something goes on: a terminal in its last line, one that cannot do that now and then, anything else not at all. */
function liveLine(screen: Screen, environment: NodeJS.ProcessEnv, running: ReadonlySet<Running>) {
  const isTerminal = screen.isTTY === true && !environment.CI;
  const repaints = isTerminal && environment.TERM !== 'dumb';
  let isPainted = false;
  const text = () => [...running].map((one) => described(one, 0)).join(', ');
  const paint = () => {
    if (!repaints || running.size === 0) return;
    screen.write(`${WIPED}  … ${text()}`.slice(0, WIPED.length + (screen.columns || 80) - 1));
    isPainted = true;
  };
  const wipe = () => {
    if (isPainted) screen.write(WIPED);
    isPainted = false;
  };
  const repeat = () => {
    if (repaints) paint();
    else if (isTerminal && running.size > 0) screen.write(`  … ${text()}\n`);
  };
  return { paint, wipe, repeat, everyMs: repaints ? REPAINT_MS : REPEAT_MS };
}

/**
 * Tells progress on a screen: a line a step, without control characters where that is no terminal; on a terminal the steps that go on stand in the
 * last line, with their seconds.
 */
export function progressOn(screen: Screen, environment: NodeJS.ProcessEnv = process.env): Progress {
  const running = new Set<Running>();
  const live = liveLine(screen, environment, running);
  let timer: NodeJS.Timeout | undefined;
  const line = (text: string) => {
    live.wipe();
    screen.write(`${text}\n`);
    live.paint();
  };
  return {
    line,
    step: async (name, work) => {
      const step: Running = { name, startedMs: performance.now(), detail: '' };
      running.add(step);
      live.paint();
      timer ??= setInterval(live.repeat, live.everyMs).unref();
      try {
        const result = await work((detail) => {
          step.detail = detail;
        });
        running.delete(step);
        line(`  ${described(step, 1)}`);
        return result;
      } finally {
        if (running.delete(step)) live.wipe();
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      }
    },
  };
}

/**
 * Does the work of a command whose output is for somebody else, and says on standard error what it is only while it takes longer: again and again on
 * a terminal, once elsewhere.
 */
export async function withProgress<Result>(doing: string, work: () => Promise<Result>): Promise<Result> {
  const startedMs = performance.now();
  let said = 0;
  const timer = setInterval(() => {
    if (said++ === 0 || process.stderr.isTTY) console.error(`${doing} … ${secondsSince(startedMs, 0)}`);
  }, QUIET_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
