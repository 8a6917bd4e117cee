/** The store's converter loses this key of an object; no attribute is called as it is stored, for a name has no dot. */
const storedNames = new Map([['__proto__', '.__proto__']]);
const namesByStored = new Map([...storedNames].map(([name, stored]) => [stored, name]));

/** Under which key of the stored map an attribute's value is. */
export const storedName = (name: string): string => storedNames.get(name) ?? name;

/** Which attribute's value is under a key of the stored map. */
export const nameOfStored = (stored: string): string => namesByStored.get(stored) ?? stored;
