import type { Outcome } from './step.ts';

/** How wide names and statuses are. */
const NAME = 42;
const STATUS = 6;
const MS = 6;

/** A step that was tried. */
export const triedLine = (name: string, { status, fault }: Outcome, ms: number): string =>
  `  ${name.padEnd(NAME)} ${status.padEnd(STATUS)} ${ms.toFixed(0).padStart(MS)} ms${fault === undefined ? '' : '  FAILED'}`;

/** A step that an earlier one has made impossible. */
export const untriedLine = (name: string, why: string): string =>
  `  ${name.padEnd(NAME)} ${'-'.padEnd(STATUS)} not tried: ${why}`;

/** What was wrong, and who did it. */
export const faultLine = (who: string, { fault, requestId }: Outcome): string =>
  `      ${who}: ${fault}${requestId === undefined ? '' : ` (request ${requestId})`}`;

/** How it went, over all. */
export interface Tally {
  tried: number;
  failed: number;
  untried: number;
}

/** The last line. */
export function totalLine({ tried, failed, untried }: Tally): string {
  if (failed === 0 && untried === 0) return `All ${tried} steps are as they should be.`;
  return `${failed} of ${tried} steps failed${untried === 0 ? '' : `, ${untried} more could not be tried`}.`;
}
