import * as z from 'zod/mini';
import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';
import { isIndexedWrongly } from '../../functions/shared/domain/tenant/indexed-fields.ts';
import { isTenantName, type Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { isJsonObject, parseJson } from '../../functions/shared/domain/values/json.ts';
import { isPathSegment } from '../../functions/shared/domain/values/path-segment.ts';
import {
  type Document,
  type ImportedProfile,
  importedAccessToken,
  importedProfile,
  importedTenant,
} from './documents.ts';
import { fromExtendedJson } from './extended-json.ts';
import { signsOfAge } from './signs-of-age.ts';

/** What an export holds, checked. */
export interface ExportedData {
  readonly accessTokens: readonly AccessToken[];
  readonly tenants: readonly Tenant[];
  readonly profiles: readonly ImportedProfile[];
  /** Collections that are left behind, with the number of their documents. */
  readonly leftBehind: ReadonlyMap<string, number>;
  /** What is taken although it could not be made here, a line each. */
  readonly warnings: readonly string[];
  /** What makes it look older than server 3.1.5. */
  readonly signsOfAge: readonly string[];
}

/** An export that cannot be imported; nothing of it is. One line for each fault, which names the document. */
export class ImportError extends Error {
  constructor(faults: readonly string[]) {
    const shown = faults.slice(0, 20);
    const more = faults.length > shown.length ? [`and ${faults.length - shown.length} more`] : [];
    super([...shown, ...more].join('\n'));
    this.name = 'ImportError';
  }
}

const READ = ['accesstoken', 'tenant', 'profile'];

function reasonOf(fault: unknown): string {
  if (fault instanceof z.core.$ZodError) {
    const [issue] = fault.issues;
    return issue === undefined ? 'is not valid' : `"${issue.path.join('.')}": ${issue.message}`;
  }
  return fault instanceof Error ? fault.message : String(fault);
}

/** Reads the documents of a collection; what is wrong with one goes to `faults`, under its number and name. */
function readAll<Read>(
  collection: string,
  documents: readonly Document[],
  nameField: string,
  read: (document: Document) => Read,
  faults: string[],
): readonly Read[] {
  return documents.flatMap((document, index) => {
    try {
      return [read(document)];
    } catch (fault) {
      faults.push(`${collection} ${index + 1} ("${String(document[nameField])}"): ${reasonOf(fault)}`);
      return [];
    }
  });
}

/** Says of every key that occurs again where. */
function findRepeats<Read>(
  what: string,
  all: readonly Read[],
  keyOf: (one: Read) => string,
  nameOf: (one: Read) => string,
) {
  const seen = new Set<string>();
  return all.flatMap((one) => {
    if (!seen.has(keyOf(one))) {
      seen.add(keyOf(one));
      return [];
    }
    return [`${what} "${nameOf(one)}" is there twice`];
  });
}

function collectionsOf(text: string): ReadonlyMap<string, readonly Document[]> {
  const json = parseJson(text);
  if (!isJsonObject(json)) throw new ImportError(['The file is no JSON object with a list for each collection']);
  const collections = Object.entries(json).map(([name, value]): [string, readonly Document[]] => {
    const documents = fromExtendedJson(value);
    if (!Array.isArray(documents) || !documents.every(isJsonObject))
      throw new ImportError([`Collection "${name}" is no list of documents`]);
    return [name, documents];
  });
  return new Map(collections);
}

/** What has a name that no new one could have. Ids of access tokens are secrets: they are not told. */
function findOddNames(accessTokens: readonly AccessToken[], tenants: readonly Tenant[]): readonly string[] {
  const odd = accessTokens.filter(({ id }) => !isPathSegment(id));
  return [
    ...odd.map(
      ({ application }) =>
        `an access token of application "${application}" has an id that no URL can name: only "npm run admin -- token revoke -" can end it`,
    ),
    ...tenants
      .filter(({ name }) => !isTenantName(name))
      .map(({ name }) => `tenant "${name}" has a name that no URL can carry, or that means every tenant`),
  ];
}

/** Attributes whose definitions ask for an index that cannot be: they have none. */
const findWrongIndexes = (tenants: readonly Tenant[]): readonly string[] =>
  tenants.flatMap(({ name, attributeDefinitions }) =>
    attributeDefinitions
      .filter(isIndexedWrongly)
      .map(
        (definition) =>
          `attribute "${definition.name}" of tenant "${name}" is not indexed: "indexed" in its metadata is neither true nor false nor a list of paths`,
      ),
  );

/** Reads exported collections of the replaced server (contract 8.2), extended JSON included. Throws an `ImportError`. */
export function readExportedData(text: string, nowMs: number): ExportedData {
  const collections = collectionsOf(text);
  const documents = (name: string) => collections.get(name) ?? [];
  const faults: string[] = [];
  // Their documents tell no time: their order is that of the list, as `all` has to keep it (contract 5.3).
  const accessTokens = readAll('accesstoken', documents('accesstoken'), '_id', importedAccessToken, faults).map(
    (token, index) => ({ ...token, createdAtMs: nowMs + index }),
  );
  const tenants = readAll('tenant', documents('tenant'), 'name', (one) => importedTenant(one, nowMs), faults);
  const profiles = readAll('profile', documents('profile'), 'username', (one) => importedProfile(one, nowMs), faults);
  const login = ({ tenant, username }: ImportedProfile) => JSON.stringify([tenant, username]);
  const id = (one: { readonly id: string }) => one.id;
  const name = (tenant: Tenant) => tenant.name;
  faults.push(
    ...findRepeats('accesstoken', accessTokens, id, id),
    ...findRepeats('tenant', tenants, name, name),
    ...findRepeats('tenant with id', tenants, id, id),
    ...findRepeats('profile', profiles, login, ({ tenant, username }) => `${username}" of tenant "${tenant}`),
    ...findRepeats('profile with id', profiles, id, id),
  );
  if (faults.length > 0) throw new ImportError(faults);
  const others = [...collections].filter(([collection, all]) => !READ.includes(collection) && all.length > 0);
  return {
    accessTokens,
    tenants,
    profiles,
    leftBehind: new Map(others.map(([other, all]) => [other, all.length])),
    warnings: [...findOddNames(accessTokens, tenants), ...findWrongIndexes(tenants)],
    signsOfAge: signsOfAge(documents('accesstoken'), documents('tenant')),
  };
}
