import { besideLoad, loadProfile } from '../shared/domain/profile/load-profile.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { attachmentResource, presentAttachment } from '../shared/http/resources/attachment.ts';
import { findAttachment } from '../shared/repositories/attachments.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** Answers an attachment without any values where there is none (contract 9.1 #35). */
export const contract = contractOf({
  operationId: 'getAttachmentDetails',
  summary: 'Read what is known of an attachment',
  section: '5.48',
  method: 'GET',
  path: '/profile/{id}/attachment/{attachmentId}/details',
  authorisation: 'accessToken',
  parameters: {
    id: pathText('Id of the profile'),
    attachmentId: pathText('The `fileName` of the attachment'),
  },
  response: attachmentResource,
  errors: ['noSuchProfile', 'actionDenied'],
});

export const dependencies = { findProfile, findTenant, findAttachment };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const attachment = besideLoad(parameters.id, (id) => deps.findAttachment(id, parameters.attachmentId));
  await loadProfile(deps, caller, parameters.id);
  return presentAttachment(await attachment);
}

export const handler = endpoint(contract, handle, dependencies);
