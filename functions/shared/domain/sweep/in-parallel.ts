/** Works on all of them, so many at a time, and says whether any work gave true. */
export async function anyOf<Item>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item) => Promise<boolean>,
): Promise<boolean> {
  let any = false;
  for (let from = 0; from < items.length; from += atATime) {
    const results = await Promise.all(items.slice(from, from + atATime).map(work));
    any ||= results.includes(true);
  }
  return any;
}
