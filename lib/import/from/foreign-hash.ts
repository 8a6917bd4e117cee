import type { Fields } from '../records/fields.ts';
import { noPassword, phcText } from './password-text.ts';
import type { Reading } from './reading.ts';

const number = String.raw`(\d{1,6})`;
/** How Kratos and GoTrue keep hashes of Firebase, each with the keys of its project. */
const ofKratos = new RegExp(
  String.raw`^\$firescrypt\$ln=${number},r=${number},p=${number}\$([^$]+)\$([^$]+)\$([^$]+)\$([^$]+)$`,
);
const ofGotrue = new RegExp(
  String.raw`^\$fbscrypt\$v=1,n=${number},r=${number},p=${number},ss=([^,$]+),sk=([^,$]+)\$([^$]+)\$([^$]+)$`,
);

interface Parts {
  readonly kind: string;
  readonly salt: string | undefined;
  readonly tag: string | undefined;
  readonly keys: string;
}

function partsOf(hash: string): Parts {
  const gotrue = ofGotrue.exec(hash);
  const [, ln, r, p, ...rest] = gotrue ?? ofKratos.exec(hash) ?? [];
  const [salt, tag, separator, key] = gotrue ? [rest[2], rest[3], rest[0], rest[1]] : rest;
  return { kind: `firescrypt$ln=${ln},r=${r},p=${p}`, salt, tag, keys: `${separator} ${key}` };
}

/** A hash that stands in a user as PHC or bcrypt text. Those of Firebase lose the project's keys, which are stored apart; without them they are left behind. */
export function foreignHash(
  fields: Fields,
  field: string,
  hash: string | undefined,
  { firebase }: Reading,
): string | undefined {
  if (hash === undefined) return noPassword(fields, 'none', field);
  if (!/^\$(?:fbscrypt|firescrypt)\$/.test(hash)) return hash;
  const { kind, salt, tag, keys } = partsOf(hash);
  if (firebase === undefined || keys !== `${firebase.saltSeparator} ${firebase.signerKey}`)
    return noPassword(fields, 'noKeys', field);
  return phcText(kind, salt, tag) ?? noPassword(fields, 'unknown', field);
}
