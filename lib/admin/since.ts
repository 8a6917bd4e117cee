import { UsageError } from '../usage-error.ts';

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

function timeOf(text: string, nowMs: number): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([dhm])$/.exec(text) ?? [];
  const lengthMs = unitMs[unit];
  if (lengthMs !== undefined) return nowMs - Number(count) * lengthMs;
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
