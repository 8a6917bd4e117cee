import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Format } from './documents.ts';
import type { FileContent } from './export-file.ts';

export const MANIFEST = 'manifest.json';
export const ATTACHMENTS_FOLDER = 'attachments';
/** Its lines tell of the files in that folder. */
export const ATTACHMENTS_FILE = 'attachment.jsonl';
const VERSION = 1;

const count = z.number().check(z.nonnegative());
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const content = z.object({
  format: z.literal('serverless-profile-export'),
  version: z.literal(VERSION),
  documents: z.enum(['own', 'mongoexport'] satisfies readonly Format[]),
  /** ISO-8601. */
  madeAt: z.string(),
  /** Name of the stage, or `local`. */
  stage: z.string(),
  /** Undefined: all of them. */
  tenant: z.optional(z.string()),
  withSecrets: z.boolean(),
  withAttachments: z.boolean(),
  files: z.record(z.string().check(z.regex(/^[a-z.]+\.jsonl?$/)), z.object({ documents: count, bytes: count, sha256 })),
  attachments: z.object({ files: count, bytes: count }),
});

/** What an export holds. The bytes of attachments are told of in `attachment.jsonl`, by line. */
export interface Manifest extends Readonly<z.infer<typeof content>> {
  readonly files: Readonly<Record<string, FileContent>>;
}

/** What is told of an export beside its format. */
export const manifestOf = (told: Omit<Manifest, 'format' | 'version'>): Manifest => ({
  format: 'serverless-profile-export',
  version: VERSION,
  ...told,
});

/** The manifest's text; it ends with the SHA-256 of itself without that. */
export const manifestText = (manifest: Manifest): string =>
  `${JSON.stringify({ ...manifest, sha256: hash('sha256', JSON.stringify(manifest)) }, null, 2)}\n`;

/** Undefined for a text that is none, or not to the last character what `manifestText` wrote. */
export function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data: manifest } = z.safeParse(content, value);
  return manifest !== undefined && manifestText(manifest) === text ? manifest : undefined;
}
