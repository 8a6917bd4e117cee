import { isJsonObject } from '../../functions/shared/domain/values/json.ts';
import type { Outcome, RecordedRequest } from './exchanges.ts';

const masterToken = 'e8f5170c-877b-416f-b70f-4b09772f8e2d';
/** The lists that follow show no other of the profiles just created: the recorder deleted the rest without keeping that. */
const kept = new Set(['alice', 'nopw', 'disabled1']);

const deletion = (id: string): RecordedRequest => ({
  method: 'POST',
  path: `/api/1/profile/${id}/delete`,
  query: `accessTokenId=${masterToken}`,
  headers: {},
});

/** What the recorder sent between two entries without recording it, in ids of this run. */
export function repairsAfter(name: string, outcomes: readonly Outcome[]): readonly RecordedRequest[] {
  if (name !== 'pro.disabled1') return [];
  return outcomes.flatMap(({ name: past, actual }) => {
    if (!past.startsWith('pro.create') || actual === null || !('body' in actual) || !isJsonObject(actual.body))
      return [];
    const { id, username } = actual.body;
    return typeof id === 'string' && typeof username === 'string' && !kept.has(username) ? [deletion(id)] : [];
  });
}
