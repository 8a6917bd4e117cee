import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { redoRefused } from '../shared/domain/concurrency/redo-refused.ts';
import { everyIndexing } from '../shared/domain/profile/indexed-profile.ts';
import { findPresent } from '../shared/domain/profile/load-profile.ts';
import { clearTombstone } from '../shared/domain/profile/tombstone.ts';
import { isObjectId } from '../shared/domain/values/object-id.ts';
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
});

export const dependencies = { findProfile, findTenant, buryProfile, isBuried, deleteAttachmentsOf, deleteTombstone };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const id = parameters.id.toLowerCase();
  const [accessToken, present] = await Promise.all([caller, findPresent(deps, id)]);
  if (present) requireOnTenant(accessToken, present.tenant.name, 'MANAGE_PROFILES', 'READ_TENANT');
  const buried = await redoRefused(
    present,
    async ({ stored, tenant }) =>
      (await deps.buryProfile(stored, everyIndexing(stored, tenant), Date.now())) || undefined,
    () => findPresent(deps, id),
  );
  if (buried || (isObjectId(id) && (await deps.isBuried(id)))) await clearTombstone(deps, id);
}

export const handler = endpoint(contract, handle, dependencies);
