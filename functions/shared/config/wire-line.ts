import type { ErrorDialect } from '../errors/catalogue.ts';

interface Traits {
  /** How errors are answered. */
  readonly errors: ErrorDialect;
  /** Whether it knows `cleanseAttributes`: where it does not, nothing is cleansed, and no tenant has the field (contract 2.2, 6.8). */
  readonly cleansing: boolean;
  /** Whether monitoring asks for its token: where it does not, it answers anybody (contract 5.57). */
  readonly monitoringToken: boolean;
}

/** The wire lines of contract 11, named for the oldest server that spoke them; one per deployment, the newest first. */
export const wireLines = {
  '3.1': { errors: '3.1', cleansing: true, monitoringToken: true },
  '3.1.0': { errors: '3.1', cleansing: false, monitoringToken: false },
  '3.0': { errors: '3.0', cleansing: false, monitoringToken: true },
} as const satisfies Record<string, Traits>;

/** A wire line by its name. */
export type WireLineName = keyof typeof wireLines;

/** What is particular to a wire line; whoever goes by it gets this as a value. */
export type WireLine = (typeof wireLines)[WireLineName];

const isName = (text: string): text is WireLineName => Object.hasOwn(wireLines, text);

/** The line of that name; an Error says which there are. */
export function asWireLine(name: string): WireLine {
  if (!isName(name)) throw new Error('must be 3.1, 3.1.0 or 3.0');
  return wireLines[name];
}
