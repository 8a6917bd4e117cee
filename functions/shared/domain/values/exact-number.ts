/** How many digits a double can have at most that is written out in full. */
const DIGITS_LIMIT = 800;

/** A number that no double holds, in the digits in which it was written: so it is stored, compared and answered (contract 6.1.8). */
export class ExactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** For `JSON.stringify`. */
  toJSON(): unknown {
    return JSON.rawJSON(this.source);
  }

  toString(): string {
    return this.source;
  }
}

/** A number of JSON. */
export type JsonNumber = number | ExactNumber;

export const isJsonNumber = (value: unknown): value is JsonNumber =>
  typeof value === 'number' || value instanceof ExactNumber;

/** A decimal number: 0.DIGITS × 10^exponent, the digits without zeros at either end; none for zero. */
export interface Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** The decimal number that a literal of JSON, or a finite double in its own words, stands for. */
export function decimalOf(source: string): Decimal {
  const [mantissa = '', power = '0'] = source.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const written = whole + fraction;
  const significant = written.replace(/^0+/, '');
  const leadingZeros = written.length - significant.length;
  let end = significant.length;
  while (significant[end - 1] === '0') end -= 1;
  return {
    isNegative: mantissa.startsWith('-'),
    digits: significant.slice(0, end),
    exponent: whole.length - leadingZeros + Number(power),
  };
}

/** Whether a finite double is the very number that is written, and not one beside it. */
function isHeld(value: number, source: string): boolean {
  const { digits, exponent } = decimalOf(source);
  if (digits === '' || value === 0) return digits === '';
  if (digits.length > DIGITS_LIMIT) return false;
  const power = exponent - digits.length;
  let numerator = Math.abs(value);
  let halvings = 0;
  for (; !Number.isInteger(numerator); halvings += 1) numerator *= 2;
  const raised = (base: bigint, times: number) => base ** BigInt(Math.max(0, times));
  return BigInt(numerator) * raised(10n, -power) === BigInt(digits) * raised(2n, halvings) * raised(10n, power);
}

/** The number of a literal of JSON: a double where that holds it, or says it in the same words; beyond all doubles it is infinite. */
export function numberOf(source: string): JsonNumber {
  const value = Number(source);
  if (String(value) === source || !Number.isFinite(value) || isHeld(value, source)) return value;
  return new ExactNumber(source);
}

/** Numbers in the order of their values, as a sort wants it; a double counts as what it is written as. */
export function compareNumbers(a: JsonNumber, b: JsonNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  return compareDecimals(decimalOf(String(a)), decimalOf(String(b)));
}

const signOf = ({ isNegative, digits }: Decimal): number => (digits === '' ? 0 : isNegative ? -1 : 1);

function compareDecimals(a: Decimal, b: Decimal): number {
  const sign = signOf(a);
  if (sign !== signOf(b) || sign === 0) return sign - signOf(b);
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -sign : sign;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -sign : sign;
}
