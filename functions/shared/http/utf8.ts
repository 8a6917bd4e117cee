import { isUtf8 } from 'node:buffer';

const LONE_SURROGATE = '\ud800';

/**
 * The text of a name or value that comes in bytes. Of bytes that are no UTF-8 it is one that is no Unicode: what refuses the one (contract 9.1 #54)
 * refuses the other, and no two of them are taken for the same.
 */
export const textOf = (bytes: Buffer): string =>
  isUtf8(bytes) ? bytes.toString('utf8') : `${bytes.toString('latin1')}${LONE_SURROGATE}`;

/** The text of a header of a part: clients that do not write UTF-8 there write Latin-1. */
export const headerTextOf = (bytes: Buffer): string => bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
