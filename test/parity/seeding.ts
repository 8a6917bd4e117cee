import { asAttributes } from '../support/attributes.ts';
import type { LocalApi } from '../support/local-api.ts';
import { recordedSeed } from './exchanges.ts';

/** Loads the data that the recorded server started from, in its order. */
export async function loadRecordedSeed(api: LocalApi): Promise<void> {
  const nowMs = Date.now();
  for (const [index, { _id: id, expiresOn, ...token }] of recordedSeed.accesstoken.entries())
    await api.seedAccessToken({ ...token, id, expiresOnMs: Date.parse(expiresOn.$date), createdAtMs: nowMs + index });
  for (const tenant of recordedSeed.tenant) {
    const attributeDefinitions = tenant.attributeDefinitions.map((definition) => ({
      ...definition,
      metadata: null,
      defaultValue: null,
    }));
    await api.seedTenant({ ...tenant, attributeDefinitions });
  }
  for (const [index, { password, attributes, ...profile }] of recordedSeed.profile.entries())
    await api.seedProfile({
      ...profile,
      attributes: asAttributes(Object.entries(attributes)),
      createdAtMs: nowMs + index,
      lastModifiedMs: nowMs + index,
      credentials: { passwordHash: password },
    });
}
