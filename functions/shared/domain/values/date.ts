/** A calendar date, or one with a time of day, in the extended form of ISO 8601; the zone as `Z`, `+01`, `+0100` or `+01:00`. */
const iso = new RegExp(
  String.raw`^(?<date>\d{4}-\d\d-\d\d)(?:T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?` +
    String.raw`(?:Z|(?<sign>[+-])(?<zoneHour>\d\d)(?::?(?<zoneMinute>\d\d))?)?)?$`,
);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The last millisecond that a date can name, either way. */
export const LIMIT_MS = 8_640_000_000_000_000;

/** Midnight of a day of the calendar in UTC; undefined for a day that no calendar has, such as 30 February. */
function dayMs(date: string): number | undefined {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date) ? ms : undefined;
}

/** The part as a number up to its greatest value; undefined beyond. What is not written is 0. */
function partOf(digits: string | undefined, greatest: number): number | undefined {
  const value = Number(digits ?? 0);
  return value <= greatest ? value : undefined;
}

/**
 * Epoch milliseconds of an ISO 8601 text, which must be nothing else; UTC where it names no zone. `24:00` is the end of its day. Undefined for any
 * other text, leap seconds included: epoch time cannot name them.
 */
export function isoDateMs(text: string): number | undefined {
  const parts = iso.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { date = '', fraction = '', sign } = parts;
  const day = dayMs(date);
  const hour = partOf(parts.hour, 24);
  const minute = partOf(parts.minute, 59);
  const second = partOf(parts.second, 59);
  const zoneHour = partOf(parts.zoneHour, 23);
  const zoneMinute = partOf(parts.zoneMinute, 59);
  if (day === undefined || hour === undefined || minute === undefined || second === undefined) return undefined;
  if (zoneHour === undefined || zoneMinute === undefined) return undefined;
  const timeMs = hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (timeMs > DAY_MS) return undefined;
  const zoneMs = zoneHour * HOUR_MS + zoneMinute * MINUTE_MS;
  return day + timeMs - (sign === '-' ? -zoneMs : zoneMs);
}

/** Epoch milliseconds of an ISO 8601 text, or of a whole number of them within what a date can name; undefined for anything else. */
export function dateMsOf(value: unknown): number | undefined {
  if (typeof value === 'string') return isoDateMs(value);
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LIMIT_MS ? value : undefined;
}
