import { readFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import type { paths } from './generated/schema.ts';

/** What an application does, through the client of openapi-fetch. Its answers go to standard output as JSON. */

const [baseUrl = '', accessToken = '', picture = ''] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${accessToken}` } });
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const tenantName = 'sample-tenant';
const bytes = readFileSync(picture);

const signIn = (password: string) =>
  api.POST('/authentication/authenticate', {
    headers: form,
    body: { tenantName, username: 'john.doe', password },
  });

async function profiles() {
  const created = await api.POST('/profile/create', {
    headers: form,
    body: {
      tenantName,
      username: 'mara',
      email: 'mara@example.com',
      enabled: true,
      role: ['APP_TEST', 'APP_REPORT'],
      attributes: JSON.stringify({ firstName: 'Mara' }),
    },
  });
  const again = await api.POST('/profile/create', {
    headers: form,
    body: { tenantName, username: 'mara', email: 'mara@example.com', enabled: true },
  });
  const id = created.data?.id ?? '';
  const changed = await api.POST('/profile/{id}/attributes/update', {
    params: { path: { id }, query: { attributesToReturn: ['firstName'] } },
    body: { firstName: 'Maria', lastName: 'Stern' },
  });
  const several = await api.GET('/profile/by_ids', {
    params: { query: { id: [id, '592715d4d4c650e226b03b62'], sortBy: 'username', sortOrder: 'ASC' } },
  });
  const found = await api.GET('/profile/by_query', {
    params: { query: { tenantName, query: '{"roles": "APP_REPORT"}', sortBy: 'username', start: 0, count: 5 } },
  });
  const counted = await api.GET('/profile/count', { params: { query: { tenantName } } });
  const removed = await api.POST('/profile/{id}/delete', { params: { path: { id } } });
  return {
    created: [created.data?.roles, created.data?.attributes.firstName],
    createdOn: created.data === undefined ? 0 : created.data.createdOn - created.data.lastModified,
    again: [again.response.status, again.error?.errorCode],
    changed: changed.data?.attributes,
    several: several.data?.map(({ username }) => username),
    found: found.data?.map(({ username }) => username),
    counted: counted.data,
    removed: removed.response.status,
  };
}

async function attachments() {
  const id = '592715d4d4c650e226b03b62';
  const uploaded = await api.POST('/profile/{id}/uploadAttachment', {
    params: { path: { id } },
    body: { attachment: new Blob([bytes]), filename: 'avatar.png' },
    bodySerializer: ({ attachment, filename = '' }) => {
      const parts = new FormData();
      parts.append('filename', filename);
      parts.append('attachment', attachment, 'upload.png');
      return parts;
    },
  });
  const attachmentId = uploaded.data?.fileName ?? '';
  const listed = await api.GET('/profile/{id}/attachments/', { params: { path: { id } } });
  const read = await api.GET('/profile/{id}/attachment/{attachmentId}', {
    params: { path: { id, attachmentId } },
    parseAs: 'arrayBuffer',
  });
  return {
    uploaded: [attachmentId, uploaded.data?.contentType],
    listed: listed.data?.map(({ fileName }) => fileName),
    sameBytes: read.data !== undefined && bytes.equals(Buffer.from(read.data)),
  };
}

async function jsonBodies() {
  const tenant = await api.POST('/tenant/create', {
    body: {
      name: 'corporate',
      attributeDefinitions: [{ name: 'firstName', permissions: [{ allowedActions: ['*'] }] }],
    },
  });
  const token = await api.POST('/access_token/create', {
    body: { application: 'newsletter', tenantPermissions: [{ tenant: 'corporate', allowedActions: ['READ_TENANT'] }] },
  });
  const kept = await api.GET('/access_token/{id}', { params: { path: { id: token.data?.id ?? '' } } });
  const same =
    kept.data === undefined
      ? undefined
      : await api.POST('/access_token/create', { body: { ...kept.data, id: null, tenantPermissions: [] } });
  return {
    tenant: [tenant.data?.name, tenant.data?.attributeDefinitions.map(({ name }) => name)],
    token: [token.data?.application, token.data?.master, token.data?.expiresOn],
    same: same?.data?.application,
  };
}

async function errors() {
  const wrong = await signIn('wrong');
  const unknown = await api.GET('/tenant/{name}', { params: { path: { name: 'nowhere' } } });
  const anonymous = createClient<paths>({ baseUrl });
  const refused = await anonymous.GET('/tenant/count', {});
  const byParameter = await anonymous.GET('/tenant/count', { params: { query: { accessTokenId: accessToken } } });
  const isBadCredentials = wrong.error?.errorCode === 'BAD_CREDENTIALS';
  return {
    wrong: [wrong.response.status, isBadCredentials],
    unknown: [unknown.response.status, unknown.error?.errorCode],
    refused: [refused.response.status, refused.error?.errorCode],
    byParameter: byParameter.data,
  };
}

const ticket = await signIn('password');
const signedIn = await api.GET('/profile/by_ticket', { params: { query: { ticketId: ticket.data?.id ?? '' } } });
const user = signedIn.data?.username;
console.log(
  JSON.stringify({
    user,
    ...(await profiles()),
    ...(await attachments()),
    ...(await errors()),
    ...(await jsonBodies()),
  }),
);
