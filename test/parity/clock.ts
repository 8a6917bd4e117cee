/** The time of a replay: it runs, and it can be moved on, so that nothing has to be waited for. */
export interface Clock {
  readonly startMs: number;
  nowMs(): number;
  advance(ms: number): void;
}

/** Takes over `Date.now` until `jest.restoreAllMocks`. */
export function installClock(): Clock {
  const realNow = Date.now.bind(Date);
  const startMs = realNow();
  let aheadMs = 0;
  const nowMs = () => realNow() + aheadMs;
  jest.spyOn(Date, 'now').mockImplementation(nowMs);
  return {
    startMs,
    nowMs,
    advance: (ms) => {
      aheadMs += ms;
    },
  };
}
