import { join } from 'node:path';
import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';
import { listAccessTokens } from '../../functions/shared/repositories/access-tokens.ts';
import { tenantIds } from '../../functions/shared/repositories/tenants.ts';
import { writePrivate } from '../private-file.ts';
import { type AttachmentFiles, GridFsLines, NumberedFiles } from './attachment-files.ts';
import { readAttachments } from './attachments.ts';
import { accessTokenJson, type Writing } from './documents.ts';
import { ExportFile, type FileContent } from './export-file.ts';
import { makePrivateFolder } from './export-folder.ts';
import { Losses } from './losses.ts';
import { MANIFEST, type Manifest, manifestOf, manifestText } from './manifest.ts';
import { exportTenant } from './tenants.ts';

/** What is exported, and how. */
export interface ExportOptions extends Writing {
  /** This one alone. */
  readonly tenant: string | undefined;
  readonly withAttachments: boolean;
  /** Name of the stage, or `local`: for the manifest. */
  readonly stage: string;
}

/** What an export has come to. */
export interface Exported {
  readonly manifest: Manifest;
  readonly losses: Losses;
  /** Tenants that were deleted while it went on. */
  readonly gone: readonly string[];
}

/** The files of one export, each made when it is first written to. */
class ExportFiles {
  readonly #folder: string;
  readonly #ending: string;
  readonly #open = new Map<string, ExportFile>();

  constructor(folder: string, { format }: Writing) {
    this.#folder = folder;
    this.#ending = format === 'own' ? 'jsonl' : 'json';
  }

  of(collection: string): ExportFile {
    const name = `${collection}.${this.#ending}`;
    const file = this.#open.get(name) ?? new ExportFile(join(this.#folder, name));
    this.#open.set(name, file);
    return file;
  }

  close(): Record<string, FileContent> {
    return Object.fromEntries([...this.#open].map(([name, file]) => [name, file.close()]));
  }
}

/** Of one tenant, those that are for it alone. */
function isWanted({ tenantPermissions }: AccessToken, tenant: string | undefined): boolean {
  if (tenant === undefined) return true;
  return tenantPermissions.length > 0 && tenantPermissions.every((permission) => permission.tenant === tenant);
}

async function exportAccessTokens(files: ExportFiles, tenant: string | undefined): Promise<void> {
  const file = files.of('accesstoken');
  for (const token of await listAccessTokens()) if (isWanted(token, tenant)) file.write(accessTokenJson(token));
}

/** In the order of their ids, which an import keeps; it makes tenants anew, with times of its own. */
async function namesOf(tenant: string | undefined): Promise<readonly string[]> {
  const all = [...(await tenantIds())].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([name]) => name);
  if (tenant === undefined) return all;
  if (!all.includes(tenant)) throw new Error(`There is no tenant ${JSON.stringify(tenant)}`);
  return [tenant];
}

async function exportAttachments(folder: string, files: ExportFiles, { format }: Writing, losses: Losses) {
  const sink: AttachmentFiles =
    format === 'own'
      ? new NumberedFiles(folder, files.of('attachment'))
      : new GridFsLines(files.of('fs.files'), files.of('fs.chunks'));
  const profiles = files.of('profile');
  profiles.mark();
  for await (const whole of readAttachments(profiles.part, losses)) sink.write(whole);
  return { files: sink.files, bytes: sink.bytes };
}

/**
 * Writes what the installation of the environment holds into a folder that is not there, or empty: a file of JSON lines for each collection, attachments where they are
 * wanted, the manifest last. Memory is bounded. Throws a `UsageError` where the folder cannot be written.
 */
export async function runExport(folder: string, options: ExportOptions): Promise<Exported> {
  const { format, tenant, stage, withSecrets, withAttachments } = options;
  const names = await namesOf(tenant);
  makePrivateFolder(folder);
  const [files, losses, gone] = [new ExportFiles(folder, options), new Losses(), [] as string[]];
  if (withSecrets) await exportAccessTokens(files, tenant);
  const tenantFiles = { tenants: files.of('tenant'), profiles: files.of('profile') };
  for (const name of names) if (!(await exportTenant(name, tenantFiles, options, losses))) gone.push(name);
  const none = { files: 0, bytes: 0 };
  const attachments = withAttachments ? await exportAttachments(folder, files, options, losses) : none;
  const told = { documents: format, madeAt: new Date().toISOString(), stage, tenant, withSecrets, withAttachments };
  const manifest = manifestOf({ ...told, files: files.close(), attachments });
  writePrivate(join(folder, MANIFEST), manifestText(manifest));
  return { manifest, losses, gone };
}
