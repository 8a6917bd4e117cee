/**
 * Works on what comes, so many at a time: each is asked for when one before it is done, so that making it goes on beside the work. After a fault no other is begun.
 */
export async function oneAfterAnother<Item>(
  items: Iterable<Item>,
  atATime: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const coming = items[Symbol.iterator]();
  let isBroken = false;
  const goOn = async () => {
    for (let next = coming.next(); !isBroken && !next.done; next = coming.next()) {
      try {
        await work(next.value);
      } catch (fault) {
        isBroken = true;
        throw fault;
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, goOn));
}
