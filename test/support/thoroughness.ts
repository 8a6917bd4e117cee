/** Whether the long tests run: `jest.long.config.js` says so, to every worker. */
export const isLong = process.env.LONG_TESTS === 'true';

/** How many at once race for one thing. */
export const PARALLEL = isLong ? 50 : 12;

/** How many cases of a property are tried: a tenth of them unless the long tests run. */
export const runs = (count: number): number => (isLong ? count : Math.ceil(count / 10));
