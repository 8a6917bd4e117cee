import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';
import { accessTokenToItems } from '../../functions/shared/repositories/access-tokens.ts';
import { installation } from './import-store.ts';
import { type Importing, writes } from './importing.ts';
import { requireFittingItems } from './item-size.ts';
import { KeySet } from './key-set.ts';
import { readRecords } from './read-records.ts';
import { accessTokenRecord } from './records/access-token.ts';
import type { SignsOfAge } from './signs-of-age.ts';

const COLLECTION = 'accesstoken';

/** What it may do, and until when. */
const meaningOf = ({ application, master, tenantPermissions, expiresOnMs }: AccessToken) =>
  JSON.stringify([application, master, tenantPermissions, expiresOnMs]);

async function store(importing: Importing, token: AccessToken): Promise<'imported' | 'there' | 'missing' | 'other'> {
  const stored = await importing.stored.findAccessToken(token.id);
  if (stored !== undefined) return meaningOf(stored) === meaningOf(token) ? 'there' : 'other';
  if (importing.options.verify) return 'missing';
  if (writes(importing) && !(await installation.createAccessToken(token))) return store(importing, token);
  return 'imported';
}

/** Imports access tokens, in their order: they have no time of their own, and `all` lists them so (contract 5.3). */
export async function importAccessTokens(importing: Importing, signs: SignsOfAge): Promise<void> {
  const { report, nowMs } = importing;
  const seen = new KeySet();
  let order = 0;
  const found = readRecords(
    importing,
    COLLECTION,
    (fields) => {
      signs.seeAccessToken(fields);
      const record = accessTokenRecord(fields, nowMs);
      const { head, body } = accessTokenToItems(record);
      requireFittingItems(head, body);
      return record;
    },
    importing.heard,
  );
  for await (const { record, origin } of found) {
    if (!seen.add(record.id)) {
      report.reject(origin, '_id', 'is there twice: the first one is taken');
      continue;
    }
    const outcome = await store(importing, { ...record, createdAtMs: nowMs + order++ });
    if (outcome === 'other') report.reject(origin, '_id', 'is that of another access token here');
    else report.count('access token', outcome);
  }
}
