import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import type { JsonValue } from '../../../functions/shared/domain/values/json.ts';
import { asAttributes } from '../../support/attributes.ts';

/** Profile number n, made at millisecond n. */
export const numbered = (n: number, attributes: Readonly<Record<string, JsonValue>> = {}): Profile => ({
  id: String(n).padStart(24, '0'),
  tenant: 'acme',
  tenantId: '5a0000000000000000000000',
  username: `u${n}`,
  email: '',
  verified: false,
  enabled: true,
  createdAtMs: n,
  lastModifiedMs: n,
  roles: [],
  attributes: asAttributes(Object.entries(attributes)),
  appliedVersion: 1,
  credentialEpoch: 0,
  disableEpoch: 0,
  emailEpoch: 0,
  revision: 0,
});

export const unchanged = (profile: Profile): Profile => profile;

/** Pages that remember how many of them were asked for. */
export function countedPages<Entry>(pages: readonly (readonly Entry[])[]) {
  const counted = { read: 0, pages: read() };
  async function* read() {
    for (const page of pages) {
      counted.read += 1;
      yield page;
    }
  }
  return counted;
}

export async function collect<Entry>(pages: AsyncIterable<Entry>): Promise<Entry[]> {
  const all: Entry[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
