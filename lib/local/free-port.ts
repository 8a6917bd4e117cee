import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on: the wanted one, undefined where that is taken; without a wish any. */
export async function freePort(wanted: number): Promise<number | undefined>;
export async function freePort(): Promise<number>;
export async function freePort(wanted = 0): Promise<number | undefined> {
  const probe = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false)).listen(wanted, '127.0.0.1', () => resolve(true));
  });
  const address = probe.address();
  await new Promise<unknown>((resolve) => probe.close(resolve));
  return listens && typeof address === 'object' && address !== null ? address.port : undefined;
}
