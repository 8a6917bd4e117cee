import { findNamed, openAttachment } from '../shared/domain/attachment/open-attachment.ts';
import { besideLoad, loadProfile } from '../shared/domain/profile/load-profile.ts';
import { BYTES, contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText, pathTextWithSuffix } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { findAttachment } from '../shared/repositories/attachments.ts';
import { findObject } from '../shared/repositories/bucket.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** Answers nothing where there is none (contract 9.1 #35). */
export const contract = contractOf({
  operationId: 'getAttachment',
  summary: 'Read the bytes of an attachment',
  section: '5.47',
  method: 'GET',
  path: '/profile/{id}/attachment/{attachmentId}',
  authorisation: 'accessToken',
  parameters: {
    id: pathText('Id of the profile'),
    attachmentId: pathTextWithSuffix('The `fileName` of the attachment; an extension may follow'),
  },
  response: BYTES,
  errors: ['noSuchProfile', 'actionDenied'],
});

export const dependencies = { findProfile, findTenant, findAttachment, findObject };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const attachment = besideLoad(parameters.id, (id) => findNamed(deps, id, parameters.attachmentId));
  const { profile } = await loadProfile(deps, caller, parameters.id);
  return openAttachment(deps, profile.id, await attachment);
}

export const handler = endpoint(contract, handle, dependencies);
