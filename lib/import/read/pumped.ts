import type { Transform } from 'node:stream';

/** Small, so that what one of them unpacks to is bounded: at most 1,032 times as much. */
const SLICE_BYTES = 16 * 1024;

/**
 * What a transform makes of the chunks, in batches. All that it made before a fault of its own, or of the chunks, comes out first; then the fault
 * is thrown. (`pipeline` throws away what is under way.)
 */
export async function* pumped<Out>(
  chunks: AsyncIterable<Buffer>,
  transform: Transform,
): AsyncGenerator<readonly Out[]> {
  let made: Out[] = [];
  const faults: unknown[] = [];
  transform.on('data', (out: Out) => made.push(out));
  transform.on('error', (fault) => faults.push(fault));
  const taken = () => {
    const batch = made;
    made = [];
    return batch;
  };
  try {
    // Until data flow, they are kept where an error would throw them away.
    await new Promise((resolve) => setImmediate(resolve));
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length && faults.length === 0; at += SLICE_BYTES) {
        const slice = chunk.subarray(at, at + SLICE_BYTES);
        await written(transform, slice);
        if (made.length > 0) yield taken();
      }
      if (faults.length > 0) break;
    }
    if (faults.length === 0) await ended(transform);
    if (made.length > 0) yield taken();
    if (faults.length > 0) throw faults[0];
  } finally {
    transform.destroy();
  }
}

/** After a fault no write is answered, but it closes. */
const written = (transform: Transform, slice: Buffer) =>
  new Promise<void>((resolve) => {
    const done = () => {
      transform.off('close', done);
      resolve();
    };
    transform.on('close', done);
    transform.write(slice, done);
  });

const ended = (transform: Transform) =>
  new Promise<void>((resolve) => {
    transform.once('end', resolve);
    transform.once('close', resolve);
    transform.end();
  });
