import { UsageError } from '../usage-error.ts';
import { durationMs } from './duration.ts';

function timeOf(text: string, nowMs: number): number {
  const lengthMs = durationMs(text);
  if (lengthMs !== undefined) return nowMs - lengthMs;
  return /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** When `--since` begins (epoch milliseconds): so long ago, or at that time. Throws a `UsageError` for what is no time that has been. */
export function sinceMs(text: string, nowMs: number): number {
  const time = timeOf(text, nowMs);
  if (time >= 0 && time <= nowMs) return time;
  const shown = JSON.stringify(text);
  throw new UsageError(
    `--since ${shown} is no time that has been: give a duration (30d, 12h, 90m) or a time (2026-01-31, 2026-01-31T12:00:00Z)`,
  );
}
