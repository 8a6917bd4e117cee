import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { findPresent } from '../shared/domain/profile/load-profile.ts';
import { isObjectId } from '../shared/domain/values/object-id.ts';
import { internalError } from '../shared/errors/api-error.ts';
import { contractOf, EMPTY } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { deleteAttachmentsOf } from '../shared/repositories/attachments.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { buryProfile, deleteTombstone, isBuried } from '../shared/repositories/tombstones.ts';

/**
 * The profile is gone for everybody with the first write, and with it its sessions and tokens; what is left, its attachments, is cleaned up behind
 * a tombstone. A call that finds the tombstone of one that was cut short carries on.
 */
export const contract = contractOf({
  operationId: 'deleteProfile',
  summary: 'Delete a profile',
  section: '5.27',
  method: 'POST',
  path: '/profile/{id}/delete',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the profile; one that does not exist is no error') },
  response: EMPTY,
  errors: ['actionDenied'],
  tables: { profiles: 'readWrite' },
  bucket: 'readWrite',
});

const dependencies = { findProfile, findTenant, buryProfile, isBuried, deleteAttachmentsOf, deleteTombstone };

/** How often a deletion that another write overtook is tried on the newer state. */
const ATTEMPTS = 5;

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const id = parameters.id.toLowerCase();
  const [accessToken, present] = await Promise.all([caller, findPresent(deps, id)]);
  if (present) requireOnTenant(accessToken, present.tenant.name, 'MANAGE_PROFILES', 'READ_TENANT');
  let found = present;
  for (let attempt = 1; found !== undefined; attempt++) {
    if (await deps.buryProfile(found.stored, { listed: false, atMs: Date.now() })) break;
    if (attempt === ATTEMPTS) throw internalError(new Error('A profile changed at every attempt to delete it'));
    found = await findPresent(deps, id);
  }
  if (found === undefined && !(isObjectId(id) && (await deps.isBuried(id)))) return;
  await deps.deleteAttachmentsOf(id);
  await deps.deleteTombstone(id);
}

export const handler = endpoint(contract, handle, dependencies);
