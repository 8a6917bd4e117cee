import { createServer } from 'node:net';
import { codeOf } from '../system-errors.ts';

/** Listens on a port of 127.0.0.1 for a moment: which one it was, or the system's code of why nothing can. */
async function probe(wanted: number): Promise<{ readonly port?: number; readonly code?: string | undefined }> {
  const server = createServer();
  const failure = await new Promise<unknown>((resolve) => {
    server.once('error', resolve).listen(wanted, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  await new Promise<unknown>((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? { port: address.port } : { code: codeOf(failure) };
}

/** A port of 127.0.0.1 that nobody listens on: the wanted one, undefined where that cannot be had; without a wish any. */
export async function freePort(wanted: number): Promise<number | undefined>;
export async function freePort(): Promise<number>;
export async function freePort(wanted = 0): Promise<number | undefined> {
  return (await probe(wanted)).port;
}

/** Why nothing can listen on a port, and what to do; undefined where something can. */
export async function portFault(wanted: number): Promise<string | undefined> {
  const { port, code } = await probe(wanted);
  if (port !== undefined) return undefined;
  if (code === 'EACCES')
    return `Port ${wanted} is one that this system lets nobody but its administrator use, or keeps to itself: choose another one with --port N`;
  return `Port ${wanted} is taken: stop what listens there, or choose another one with --port N`;
}
