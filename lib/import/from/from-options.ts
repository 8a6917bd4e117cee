import { readFileSync } from 'node:fs';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { UsageError } from '../../usage-error.ts';
import { type Source, type SourceKind, sourceKinds } from '../read/source.ts';
import { type FirebaseHashing, readFirebaseKeys } from './firebase-keys.ts';
import { foreignSource, storeNames } from './foreign-source.ts';

/** What the command is told of another store. */
export interface FromOptions {
  readonly from?: string | undefined;
  readonly tenant?: string | undefined;
  readonly makeDefinitions?: boolean | undefined;
  /** Path of a file with the parameters of a Firebase project's hashes. */
  readonly firebaseKeys?: string | undefined;
}

/** A source that an import takes as it is. */
export interface FromSource {
  readonly source: Source;
  /** Whether the tenant of the source is what a stored one has, and more that it is to get. */
  readonly mergesTenants: boolean;
}

/** Stores whose users may have hashes of Firebase. */
const withFirebaseKeys: readonly SourceKind[] = ['firebase', 'kratos', 'gotrue'];

function kindOf(from: string): SourceKind {
  const kind = sourceKinds.find((one) => one === from);
  if (kind === undefined) throw new UsageError(`--from ${from}: it is one of ${sourceKinds.join(', ')}`);
  return kind;
}

function requireNothingElse(
  { tenant, makeDefinitions, firebaseKeys }: FromOptions,
  kind: SourceKind | undefined,
): void {
  if (kind !== undefined)
    throw new UsageError(`These are users of ${storeNames[kind]}: import them with --from ${kind} --tenant NAME`);
  const given = {
    '--tenant': tenant,
    '--make-definitions': makeDefinitions || undefined,
    '--firebase-keys': firebaseKeys,
  };
  const [other] = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (other !== undefined) throw new UsageError(`${other} goes with --from, and ${sourceKinds.join(', ')}`);
}

function firebaseIn(path: string, kind: SourceKind): FirebaseHashing {
  if (!withFirebaseKeys.includes(kind))
    throw new UsageError(`--firebase-keys goes with --from ${withFirebaseKeys.join(', or ')}`);
  try {
    return readFirebaseKeys(readFileSync(path, 'utf8'));
  } catch (fault) {
    if (fault instanceof UsageError) throw fault;
    throw new UsageError(`The file of --firebase-keys, "${path}", cannot be read`);
  }
}

/**
 * The source as an import takes it: that of another store by its options, any other one as it is. Throws a `UsageError` for options that do not go together, and for files
 * of another store where the option is missing.
 *
 * @param findTenant the tenant of a name in the installation
 */
export async function sourceFrom(
  source: Source,
  options: FromOptions,
  findTenant: (name: string) => Promise<Tenant | undefined>,
): Promise<FromSource> {
  const { from, tenant, makeDefinitions = false, firebaseKeys } = options;
  if (from === undefined) {
    requireNothingElse(options, source.kind);
    return { source, mergesTenants: false };
  }
  const kind = kindOf(from);
  if (tenant === undefined) throw new UsageError('--from needs --tenant: the tenant that the users come to');
  const firebase = firebaseKeys === undefined ? undefined : firebaseIn(firebaseKeys, kind);
  const existing = await findTenant(tenant);
  const wanted = { kind, tenant, existing, makeDefinitions, firebase, nowMs: Date.now() };
  return { source: await foreignSource(source, wanted), mergesTenants: makeDefinitions };
}
