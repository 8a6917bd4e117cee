const known = [
  'accesstoken',
  'tenant',
  'profile',
  'attachment',
  'ticket',
  'persistentlogin',
  'verificationtoken',
  'fs.files',
  'fs.chunks',
];

/** Whether it is a collection of Crafter Profile, or of an export of our own. */
export const isKnown = (collection: string): boolean => known.includes(collection);

/** A collection by a name in any case; the plural of a known one is that one. */
export function collectionOf(name: string): string {
  const lower = name.toLowerCase();
  const singular = lower.replace(/s$/, '');
  return !isKnown(lower) && isKnown(singular) ? singular : lower;
}

/** The known collection that a file's name, without its ending, says: as a whole or by its last word (`crafterprofile.profile`). */
export function collectionInName(name: string): string | undefined {
  const whole = collectionOf(name);
  if (isKnown(whole)) return whole;
  const [, dotted] = /[._ -](fs\.(?:files|chunks))$/i.exec(name) ?? [];
  const last = collectionOf(dotted ?? name.split(/[._ -]/).at(-1) ?? '');
  return isKnown(last) ? last : undefined;
}
