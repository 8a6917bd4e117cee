import type { Batch } from '../../lib/import/read/batch.ts';
import type { ByteFile } from '../../lib/import/read/bytes.ts';
import { isUnreadable } from '../../lib/import/read/source.ts';

/** A file in memory, which comes in pieces that end at these places. */
export const byteFile = (name: string, content: string | Uint8Array, ...cuts: readonly number[]): ByteFile => {
  const bytes = Buffer.from(content);
  return {
    name,
    size: bytes.length,
    async *chunks() {
      const ends = [...cuts, bytes.length].sort((a, b) => a - b);
      for (const [index, end] of ends.entries()) yield bytes.subarray(index === 0 ? 0 : ends[index - 1], end);
    },
  };
};

/** All that comes in batches. */
export async function flat(batches: AsyncIterable<Batch>): Promise<Batch> {
  const all: Batch[number][] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

/** A document's value, or where and why there is none. */
export async function told(batches: AsyncIterable<Batch>): Promise<readonly unknown[]> {
  const all = await flat(batches);
  return all.map((one) => (isUnreadable(one) ? `${one.number}, ${one.at}: ${one.reason}` : one.value));
}
