import type { Subject } from '../audit/tally.ts';
import { isJsonObject } from '../domain/values/json.ts';
import { isObjectId } from '../domain/values/object-id.ts';
import type { Contract } from './contract.ts';

type Named = Readonly<Record<string, unknown>>;

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
/** What else stands there is nobody's id, and may be anything. */
const profileIdOf = (value: unknown) =>
  typeof value === 'string' && isObjectId(value) ? value.toLowerCase() : undefined;

/** What a call of this contract is about, as far as its parameters name it, and its body the tenant. */
export function namedSubject(
  { path }: Pick<Contract, 'path'>,
  { tenantName, ...named }: Named,
  body?: unknown,
): Subject {
  const ofTenant = path.startsWith('/tenant/');
  const nameInBody = ofTenant && isJsonObject(body) ? textOf(body.name) : undefined;
  const isId = path.startsWith('/profile/{id}');
  return {
    tenant: textOf(tenantName) ?? (ofTenant ? (textOf(named.name) ?? nameInBody) : undefined),
    profileId: profileIdOf(isId ? named.id : named.profileId),
    // Elsewhere it is what a profile is to be called from now on.
    username: tenantName === undefined ? undefined : textOf(named.username),
    accessTokenId: path.startsWith('/access_token/{id}') ? textOf(named.id) : undefined,
  };
}
