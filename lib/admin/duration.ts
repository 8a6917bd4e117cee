import { UsageError } from '../usage-error.ts';

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

/** The milliseconds of `90d`, `24h` or `15m`; undefined for what is no such duration. */
export function durationMs(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,6})([dhm])$/.exec(text) ?? [];
  const lengthMs = unitMs[unit];
  return lengthMs === undefined ? undefined : Number(count) * lengthMs;
}

/** The same for the value of an option. Throws a `UsageError`. */
export function requireDuration(option: string, text: string): number {
  const lengthMs = durationMs(text);
  if (lengthMs !== undefined) return lengthMs;
  throw new UsageError(
    `--${option} ${JSON.stringify(text)} is no duration: give days, hours or minutes (90d, 24h, 15m)`,
  );
}
