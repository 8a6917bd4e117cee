import { UsageError } from '../../usage-error.ts';
import { collectionOf } from './collection-names.ts';
import type { FoundFile } from './found-files.ts';

/** The files of one folder: with mongodump, of one database. */
interface Database {
  readonly name: string;
  readonly files: readonly FoundFile[];
}

function databasesIn(found: readonly FoundFile[]): readonly Database[] {
  const folders = Map.groupBy(found, ({ folders }) => folders.join('/'));
  return [...folders.values()]
    .filter((files) => files.some(({ type }) => type === 'bson' || type === 'json' || type === 'csv'))
    .map((files) => ({ name: files[0]?.folders.at(-1) ?? '', files }));
}

const holds = ({ files }: Database, collection: string) => files.some(({ base }) => collectionOf(base) === collection);

const listOf = (databases: readonly Database[]) => databases.map(({ name }) => `"${name}"`).join(', ');

/**
 * Those of the found files that belong to the one database that is meant: that of this name or, without one, the only one with profiles and tenants.
 * The others' are passed over whatever they hold: attachments of other products have the same name as ours. Throws a `UsageError`.
 */
export function filesOfDatabase(
  path: string,
  found: readonly FoundFile[],
  name: string | undefined,
): readonly FoundFile[] {
  const databases = databasesIn(found);
  if (name !== undefined) {
    const [named, other] = databases.filter((database) => database.name === name);
    if (named === undefined)
      throw new UsageError(`"${path}" holds no database "${name}", but ${listOf(databases) || 'none'}`);
    if (other !== undefined)
      throw new UsageError(`"${path}" holds two databases "${name}": name the folder of one of them`);
    return named.files;
  }
  const [only, second] = databases;
  if (second === undefined) return only?.files ?? found;
  const whole = databases.filter((database) => holds(database, 'profile') && holds(database, 'tenant'));
  const [one, another] = whole;
  if (one === undefined)
    throw new UsageError(
      `"${path}" holds several databases, none of them with profiles and tenants: ${listOf(databases)}. Say with --database which one is meant`,
    );
  if (another === undefined) return one.files;
  throw new UsageError(
    `"${path}" holds several databases with profiles: ${listOf(whole)}. Say with --database which one is meant`,
  );
}
