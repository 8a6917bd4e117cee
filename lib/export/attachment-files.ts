import { hash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { jsonTextOf } from '../../functions/shared/domain/values/json-text.ts';
import { PRIVATE_FOLDER, writePrivate } from '../private-file.ts';
import { whyFolderFails } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';
import type { WholeAttachment } from './attachments.ts';
import { objectId } from './documents.ts';
import type { ExportFile } from './export-file.ts';
import { chunkJsons, fileJson } from './grid-fs-lines.ts';
import { ATTACHMENTS_FOLDER } from './manifest.ts';

/** What attachments become. */
export interface AttachmentFiles {
  write(whole: WholeAttachment): void;
  readonly files: number;
  readonly bytes: number;
}

/** A file each, with a number for its name, and a line that tells of it. */
export class NumberedFiles implements AttachmentFiles {
  readonly #folder: string;
  readonly #lines: ExportFile;
  files = 0;
  bytes = 0;

  constructor(folder: string, lines: ExportFile) {
    this.#folder = folder;
    this.#lines = lines;
    const path = join(folder, ATTACHMENTS_FOLDER);
    try {
      mkdirSync(path, PRIVATE_FOLDER);
    } catch (fault) {
      throw new UsageError(`${path} cannot be written: ${whyFolderFails(fault)}`);
    }
  }

  write({ profileId, attachment, bytes }: WholeAttachment): void {
    const file = `${ATTACHMENTS_FOLDER}/${++this.files}`;
    this.bytes += bytes.length;
    writePrivate(join(this.#folder, file), bytes);
    const { id, fileName, contentType, md5 } = attachment;
    this.#lines.write(
      jsonTextOf({
        _id: objectId(id),
        profile: objectId(profileId),
        name: fileName,
        contentType,
        length: bytes.length,
        md5,
        sha256: hash('sha256', bytes),
        file,
      }),
    );
  }
}

/** The two collections of the old server's database. */
export class GridFsLines implements AttachmentFiles {
  readonly #files: ExportFile;
  readonly #chunks: ExportFile;
  files = 0;
  bytes = 0;

  constructor(files: ExportFile, chunks: ExportFile) {
    this.#files = files;
    this.#chunks = chunks;
  }

  write({ profileId, attachment, bytes }: WholeAttachment): void {
    this.files++;
    this.bytes += bytes.length;
    this.#files.write(fileJson(profileId, attachment));
    for (const chunk of chunkJsons(attachment, bytes)) this.#chunks.write(chunk);
  }
}
