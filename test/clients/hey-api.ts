import { readFileSync } from 'node:fs';
import { createClient, createConfig } from './generated/client/index.js';
import { client } from './generated/client.gen.js';
import * as api from './generated/sdk.gen.js';

/** What an application does, through the functions of the generated SDK. Its answers go to standard output as JSON. */

const [baseUrl = '', accessToken = '', picture = ''] = process.argv.slice(2);
client.setConfig({ baseUrl, auth: accessToken });
const tenantName = 'sample-tenant';
const bytes = readFileSync(picture);

const signIn = (password: string) => api.authenticate({ body: { tenantName, username: 'john.doe', password } });

async function profiles() {
  const mara = { tenantName, username: 'mara', email: 'mara@example.com', enabled: true };
  const created = await api.createProfile({
    body: { ...mara, role: ['APP_TEST', 'APP_REPORT'], attributes: JSON.stringify({ firstName: 'Mara' }) },
  });
  const again = await api.createProfile({ body: mara });
  const id = created.data?.id ?? '';
  const changed = await api.updateProfileAttributes({
    path: { id },
    query: { attributesToReturn: ['firstName'] },
    body: { firstName: 'Maria', lastName: 'Stern' },
  });
  const several = await api.getProfilesByIds({
    query: { id: [id, '592715d4d4c650e226b03b62'], sortBy: 'username', sortOrder: 'ASC' },
  });
  const found = await api.getProfilesByQuery({
    query: { tenantName, query: '{"roles": "APP_REPORT"}', sortBy: 'username', start: 0, count: 5 },
  });
  const counted = await api.countProfiles({ query: { tenantName } });
  const removed = await api.deleteProfile({ path: { id } });
  return {
    created: [created.data?.roles, created.data?.attributes.firstName],
    createdOn: created.data === undefined ? 0 : created.data.createdOn - created.data.lastModified,
    again: [again.response?.status, again.error?.errorCode],
    changed: changed.data?.attributes,
    several: several.data?.map(({ username }) => username),
    found: found.data?.map(({ username }) => username),
    counted: counted.data,
    removed: removed.response?.status,
  };
}

async function attachments() {
  const id = '592715d4d4c650e226b03b62';
  const uploaded = await api.uploadAttachment({
    path: { id },
    body: { attachment: new Blob([bytes]), filename: 'avatar.png' },
  });
  const attachmentId = uploaded.data?.fileName ?? '';
  const listed = await api.getAttachments({ path: { id } });
  const read = await api.getAttachment({ path: { id, attachmentId } });
  return {
    uploaded: [attachmentId, uploaded.data?.contentType],
    listed: listed.data?.map(({ fileName }) => fileName),
    sameBytes: read.data !== undefined && bytes.equals(Buffer.from(await read.data.arrayBuffer())),
  };
}

async function jsonBodies() {
  const permissions = [{ allowedActions: ['*' as const] }];
  const tenant = await api.createTenant({
    body: { name: 'corporate', attributeDefinitions: [{ name: 'firstName', permissions }] },
  });
  const token = await api.createAccessToken({
    body: { application: 'newsletter', tenantPermissions: [{ tenant: 'corporate', allowedActions: ['READ_TENANT'] }] },
  });
  const kept = await api.getAccessToken({ path: { id: token.data?.id ?? '' } });
  const same = kept.data && (await api.createAccessToken({ body: { ...kept.data, id: null, tenantPermissions: [] } }));
  return {
    tenant: [tenant.data?.name, tenant.data?.attributeDefinitions.map(({ name }) => name)],
    token: [token.data?.application, token.data?.master, token.data?.expiresOn],
    same: same?.data?.application,
  };
}

async function errors() {
  const wrong = await signIn('wrong');
  const unknown = await api.getTenant({ path: { name: 'nowhere' } });
  const anonymous = createClient(createConfig({ baseUrl }));
  const refused = await api.countTenants({ client: anonymous });
  const byParameter = await api.countTenants({ client: anonymous, query: { accessTokenId: accessToken } });
  const isBadCredentials = wrong.error?.errorCode === 'BAD_CREDENTIALS';
  return {
    wrong: [wrong.response?.status, isBadCredentials],
    unknown: [unknown.response?.status, unknown.error?.errorCode],
    refused: [refused.response?.status, refused.error?.errorCode],
    byParameter: byParameter.data,
  };
}

const ticket = await signIn('password');
const signedIn = await api.getProfileByTicket({ query: { ticketId: ticket.data?.id ?? '' } });
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
