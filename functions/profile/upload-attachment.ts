import { createHash, randomUUID } from 'node:crypto';
import { attachmentName, contentTypeOf, isOfType } from '../shared/domain/attachment/attachment-file.ts';
import { storeAttachment } from '../shared/domain/attachment/store-attachment.ts';
import { besideLoad, loadProfile } from '../shared/domain/profile/load-profile.ts';
import { newObjectId } from '../shared/domain/values/object-id.ts';
import { assertThat, invalidRequest } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { optionalText, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { attachmentResource, presentAttachment } from '../shared/http/resources/attachment.ts';
import { findAttachment, objectKeysOf, putAttachment } from '../shared/repositories/attachments.ts';
import { deleteObjects, putObject } from '../shared/repositories/bucket.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { reportLeftover } from '../shared/repositories/sweeps.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** Takes the file part `attachment`; one of the same name but for the extension is replaced and keeps its id. */
export const contract = contractOf({
  operationId: 'uploadAttachment',
  summary: 'Add or replace an attachment of a profile',
  section: '5.45',
  method: 'POST',
  path: '/profile/{id}/uploadAttachment',
  authorisation: 'accessToken',
  parameters: {
    id: pathText('Id of the profile'),
    filename: optionalText('Name of the file; absent or blank: the one that the file part tells'),
  },
  upload: 'attachment',
  response: attachmentResource,
  errors: ['noSuchProfile', 'actionDenied'],
  settings: ['uploadLimitBytes'],
});

export const dependencies = {
  findProfile,
  findTenant,
  findAttachment,
  putAttachment,
  putObject,
  deleteObjects,
  reportLeftover,
};

export async function handle(deps: typeof dependencies, { caller, parameters, files }: RequestOf<typeof contract>) {
  const file = files.get('attachment');
  const fileName = parameters.filename?.trim() ? parameters.filename : (file?.fileName ?? '');
  const name = attachmentName(fileName);
  const replaced = besideLoad(parameters.id, async (id) => name && deps.findAttachment(id, name.baseName));
  const { profile } = await loadProfile(deps, caller, parameters.id);
  assertThat(file, () => invalidRequest('The body has no file part "attachment"'));
  assertThat(name, () => invalidRequest(`The file name "${fileName}" cannot name an attachment`));
  const contentType = contentTypeOf(name.extension);
  assertThat(contentType, () => invalidRequest(`Files like "${fileName}" are not allowed as attachments`));
  assertThat(isOfType(file.bytes, contentType), () => invalidRequest(`The file is not of type ${contentType}`));
  const uploaded = {
    id: newObjectId(Date.now()),
    fileName: name.baseName,
    contentType,
    sizeBytes: file.bytes.length,
    md5: createHash('md5').update(file.bytes).digest('hex'),
    objectKey: `${objectKeysOf(profile.id)}${randomUUID()}`,
  };
  return presentAttachment(await storeAttachment(deps, profile, uploaded, file.bytes, await replaced));
}

export const handler = endpoint(contract, handle, dependencies);
