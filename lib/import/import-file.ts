import { readFileSync } from 'node:fs';
import { codeOf, messageOf } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';
import { type ExportedData, ImportError, readExportedData } from './exported-data.ts';
import { isOnNewestLine, lineHints } from './signs-of-age.ts';
import { type StoreOptions, storeExportedData } from './store.ts';

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

function whyUnreadable(error: unknown): string {
  if (codeOf(error) === 'ENOENT') return 'it does not exist';
  return codeOf(error) === 'EISDIR' ? 'it is a folder' : messageOf(error);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`File ${path} cannot be read: ${whyUnreadable(error)}`);
  }
}

/**
 * A file of exported collections of the replaced server (contract 8.2), checked to its last document. Throws a `UsageError` where it cannot be read,
 * an `ImportError` where a document is not right.
 */
export const readExportFile = (path: string): ExportedData => readExportedData(read(path), Date.now());

function requireOwnTenants({ tenants, profiles }: ExportedData): void {
  const names = new Set(tenants.map(({ name }) => name));
  const faults = profiles
    .filter(({ tenant }) => !names.has(tenant))
    .map(({ username, tenant }) => `profile "${username}": its tenant "${tenant}" is not in the file`);
  if (faults.length > 0) throw new ImportError(faults);
}

/** The same, for an installation that is empty, so that every tenant has to be in the file itself. Throws a `UsageError` that names the file. */
export function readWholeExportFile(path: string): ExportedData {
  try {
    const data = readExportFile(path);
    requireOwnTenants(data);
    return data;
  } catch (fault) {
    if (fault instanceof ImportError) throw new UsageError(`${path} cannot be loaded:\n${fault.message}`);
    throw fault;
  }
}

/** Stores them in the installation that the environment names, beside what is there; answers what was done, line by line. Throws an `ImportError`. */
export async function importData(data: ExportedData, options: StoreOptions = {}): Promise<readonly string[]> {
  const onNewestLine = isOnNewestLine();
  const stored = await storeExportedData(data, options);
  const counts = [
    plural(stored.accessTokens, 'access token'),
    plural(stored.tenants, 'tenant'),
    plural(stored.profiles, 'profile'),
  ];
  return [
    `Imported ${counts.join(', ')}.`,
    ...data.warnings.map((warning) => `Warning: ${warning}.`),
    ...stored.alreadyThere.map((name) => `There already, left as it is: ${name}.`),
    ...[...data.leftBehind].map(
      ([collection, count]) => `Not imported: ${plural(count, 'document')} of collection "${collection}".`,
    ),
    ...(onNewestLine ? lineHints(data.signsOfAge) : []),
  ];
}

/**
 * Loads a file of exported collections of the replaced server (contract 8.2) into the installation that the environment names; answers what was
 * done, line by line. Sessions and tokens of users are left behind: everybody signs in once more. Throws an `ImportError` before anything is
 * written where a document is not right.
 */
export const importFile = async (path: string): Promise<readonly string[]> => importData(readExportFile(path));
