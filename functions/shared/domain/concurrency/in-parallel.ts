/** The items in batches of this size, the last one with what is left. */
export function batchesOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const batches: (readonly Item[])[] = [];
  for (let from = 0; from < items.length; from += size) batches.push(items.slice(from, from + size));
  return batches;
}

/** Works on all of them, so many at a time; the results are in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const batch of batchesOf(items, atATime)) results.push(...(await Promise.all(batch.map(work))));
  return results;
}
