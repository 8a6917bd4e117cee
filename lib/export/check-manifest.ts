import { createHash } from 'node:crypto';
import { constants, lstatSync, opendirSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { codeOf, whyFolderFails } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';
import type { FileContent } from './export-file.ts';
import { ATTACHMENTS_FILE, ATTACHMENTS_FOLDER, MANIFEST, type Manifest, parseManifest } from './manifest.ts';

const line = z.object({ file: z.string(), length: z.number(), sha256: z.string() });

const refuse = (path: string, reason: string): never => {
  throw new UsageError(`${path} ${reason}: the export is not as it was written`);
};

function why(fault: unknown): string {
  if (fault instanceof UsageError) throw fault;
  const code = codeOf(fault);
  if (code === 'ENOENT') return 'is missing';
  return code === 'ELOOP' ? 'is a link' : `cannot be read (${whyFolderFails(fault)})`;
}

/** Size and SHA-256 of a file, which is no link. */
async function contentOf(path: string): Promise<Pick<FileContent, 'bytes' | 'sha256'>> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    if (!(await file.stat()).isFile()) return refuse(path, 'is no file');
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

async function requireContent(path: string, expected: Pick<FileContent, 'bytes' | 'sha256'>): Promise<void> {
  const { bytes, sha256 } = await contentOf(path).catch((fault) => refuse(path, why(fault)));
  if (bytes !== expected.bytes) refuse(path, `has ${bytes} bytes, and the manifest says ${expected.bytes}`);
  if (sha256 !== expected.sha256) refuse(path, 'has another SHA-256 than the manifest says');
}

/** Throws for whatever a folder has that is not expected there, links included. */
function requireNoOthers(folder: string, isExpected: (name: string) => boolean): void {
  const entries = opendirSync(folder);
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync())
      if (!isExpected(entry.name)) refuse(join(folder, entry.name), 'is none of the files of the manifest');
  } finally {
    entries.closeSync();
  }
}

/** Undefined for a text that tells of no file. */
function lineOf(json: string) {
  try {
    return z.safeParse(line, JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** The files of attachments, as the lines tell of them, which are checked by then. */
async function requireAttachments(folder: string, { attachments }: Manifest): Promise<void> {
  const own = join(folder, ATTACHMENTS_FOLDER);
  if (lstatSync(own, { throwIfNoEntry: false })?.isDirectory() !== true) refuse(own, 'is no folder');
  let files = 0;
  const lines = await open(join(folder, ATTACHMENTS_FILE), constants.O_RDONLY | constants.O_NOFOLLOW);
  for await (const json of createInterface({ input: lines.createReadStream(), crlfDelay: Infinity })) {
    const { file, length, sha256 } = lineOf(json) ?? refuse(join(folder, ATTACHMENTS_FILE), 'has a line that is none');
    if (file !== `${ATTACHMENTS_FOLDER}/${++files}`) refuse(join(folder, ATTACHMENTS_FILE), 'names another file');
    await requireContent(join(folder, file), { bytes: length, sha256 });
  }
  if (files !== attachments.files) refuse(own, `has ${files} files, and the manifest says ${attachments.files}`);
  requireNoOthers(own, (name) => /^[1-9]\d*$/.test(name) && Number(name) <= files);
}

/** Whether a folder is an export of our own, by the manifest that is in it. */
export const hasManifest = (folder: string): boolean =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true &&
  lstatSync(join(folder, MANIFEST), { throwIfNoEntry: false }) !== undefined;

/**
 * Holds the files of an export to its manifest, in bounded memory. Throws a `UsageError` that names what is missing, too much or off by a byte; links are refused.
 */
export async function checkManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST);
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) refuse(path, 'is no file');
  const manifest = parseManifest(readFileSync(path, 'utf8')) ?? refuse(path, 'is no manifest, or was changed');
  const hasFolder = Object.hasOwn(manifest.files, ATTACHMENTS_FILE);
  requireNoOthers(
    folder,
    (name) => name === MANIFEST || Object.hasOwn(manifest.files, name) || (hasFolder && name === ATTACHMENTS_FOLDER),
  );
  for (const [name, content] of Object.entries(manifest.files)) await requireContent(join(folder, name), content);
  if (hasFolder) await requireAttachments(folder, manifest);
  return manifest;
}
