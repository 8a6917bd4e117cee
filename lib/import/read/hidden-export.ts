import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { UsageError } from '../../usage-error.ts';
import { type ByteFile, headOf } from './bytes.ts';

/** The list of the files of an export of our own, which are held to it where its folder is named. */
const MANIFEST = /(?:^|\/)manifest\.json$/;
const HEAD_BYTES = 100;

const isOurs = (head: Buffer) => /^\s*\{\s*"format":\s*"serverless-profile-export"/.test(head.toString('latin1'));

/** Throws a `UsageError` for a manifest of our own in a folder below the one that was named: nobody would look at what it says. */
export function requireNoManifest(path: string, folder: string): void {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return;
  const head = Buffer.alloc(HEAD_BYTES);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, head, 0, HEAD_BYTES, 0);
  } finally {
    closeSync(descriptor);
  }
  if (isOurs(head)) throw new UsageError(`An export is in "${folder}", below what was named: name that folder itself`);
}

/** The same for one in an archive. */
export async function requireNoExport(archive: string, entries: ReadonlyMap<string, ByteFile>): Promise<void> {
  for (const [path, file] of entries)
    if (MANIFEST.test(path) && isOurs(await headOf(file)))
      throw new UsageError(`"${archive}" holds an export: unpack it, and name its folder`);
}
