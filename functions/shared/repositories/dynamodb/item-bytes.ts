/** As the store counts: names and texts in UTF-8, 3 bytes for a map or set and one for each thing in it; for a number more than it ever takes. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Set) return 3 + [...value].reduce<number>((sum, one) => sum + 1 + bytesOf(one), 0);
  if (value instanceof Map) {
    let sum = 3;
    for (const [key, inner] of value) sum += 1 + bytesOf(key) + bytesOf(inner);
    return sum;
  }
  return typeof value === 'number' ? 21 : 1;
}

/** Bytes of an item, as it is given to the converting client, as the store counts them; of its plain objects one each. */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  let sum = 0;
  for (const [name, value] of Object.entries(item))
    if (value !== undefined) sum += Buffer.byteLength(name) + bytesOf(value);
  return sum;
}
