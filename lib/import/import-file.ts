import { readFileSync } from 'node:fs';
import { readExportedData } from './exported-data.ts';
import { isOnNewestLine, lineHints } from './signs-of-age.ts';
import { storeExportedData } from './store.ts';

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`File ${path} cannot be read`);
  }
}

/**
 * Loads a file of exported collections of the replaced server (contract 8.2) into the installation that the environment names; answers what was
 * done, line by line. Sessions and tokens of users are left behind: everybody signs in once more. Throws an `ImportError` before anything is
 * written where a document is not right.
 */
export async function importFile(path: string): Promise<readonly string[]> {
  const data = readExportedData(read(path), Date.now());
  const onNewestLine = isOnNewestLine();
  const stored = await storeExportedData(data);
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
