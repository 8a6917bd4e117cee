import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { codeOf } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';

async function bytesOf(file: string | undefined): Promise<Buffer> {
  if (file === undefined) {
    if (process.stdin.isTTY) throw new UsageError('trace needs a FILE, or a log on its standard input');
    return buffer(process.stdin);
  }
  try {
    return await buffer(createReadStream(file));
  } catch (failure) {
    const code = codeOf(failure);
    throw new UsageError(code === 'ENOENT' ? `There is no file ${file}` : `${file} cannot be read (${code})`);
  }
}

/** The log in a file, or else on standard input; rejects with a `UsageError` of one line where there is none. */
export async function readLog(file: string | undefined): Promise<string> {
  const bytes = await bytesOf(file);
  const place = file ?? 'Standard input';
  if (bytes.length === 0) throw new UsageError(`${place} is empty`);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw new UsageError(`${place} is packed: gunzip it first`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  throw new UsageError(`${place} is no text`);
}
