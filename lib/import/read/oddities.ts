import type { Oddity } from './source.ts';

/** What can be odd about a value that is taken. */
export const odd = {
  date: 'a date that is none was made text',
  number: 'a number that is none (NaN, Infinity) was made text',
  decimal: 'a number that is too large, or too near to 0, was made text',
  objectId: 'an ObjectId that is none was made text',
  uuid: 'a UUID that is none was made text',
  binary: 'binary data of an unusual kind were made text',
  regex: 'a regular expression was made text, its options left out',
  timestamp: 'a timestamp was made text',
  code: 'code was made text',
  extreme: 'a MinKey or MaxKey was made text',
  reference: 'a reference to another document was made text',
  lastOfRepeated: 'a key was there more than once, the last one was taken',
  firstOfRepeated: 'a key was there more than once, the first one was taken',
} as const;

/** Where a walk through a document is, and what it met. */
export class Walk {
  /** Keys from the top, indices of lists among them. */
  readonly path: string[] = [];
  readonly oddities: Oddity[] = [];

  get field(): string {
    return this.path.join('.');
  }

  note(kind: (typeof odd)[keyof typeof odd]): void {
    this.oddities.push({ kind, field: this.field });
  }
}

/** Sets a key of an object that is being made; `__proto__` is one like the others. */
export function setKey<Value>(object: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
}
