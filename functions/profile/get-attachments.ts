import * as z from 'zod/mini';
import { besideLoad, loadProfile } from '../shared/domain/profile/load-profile.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { attachmentResource, presentAttachment } from '../shared/http/resources/attachment.ts';
import { listAttachments } from '../shared/repositories/attachments.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** The slash at the end may be missing, and the client's `.json` may follow it (contract 9.1 #34). */
export const contract = contractOf({
  operationId: 'getAttachments',
  summary: 'List the attachments of a profile',
  section: '5.46',
  method: 'GET',
  path: '/profile/{id}/attachments/',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the profile') },
  response: z.array(attachmentResource),
  errors: ['unknownRoute', 'noSuchProfile', 'actionDenied'],
});

export const dependencies = { findProfile, findTenant, listAttachments };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const attachments = besideLoad(parameters.id, deps.listAttachments);
  await loadProfile(deps, caller, parameters.id);
  return ((await attachments) ?? []).map(presentAttachment);
}

export const handler = endpoint(contract, handle, dependencies);
