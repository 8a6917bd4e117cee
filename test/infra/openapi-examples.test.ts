import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { newPersistentLogin } from '../../functions/shared/domain/persistent-logins.ts';
import { newTicket } from '../../functions/shared/domain/sessions.ts';
import { newVerificationToken } from '../../functions/shared/domain/verification.ts';
import type { Table } from '../../functions/shared/http/contract.ts';
import { BYTES, EMPTY } from '../../functions/shared/http/contract.ts';
import { documentClient } from '../../functions/shared/repositories/client.ts';
import { createPersistentLogin } from '../../functions/shared/repositories/persistent-logins.ts';
import { createTicket } from '../../functions/shared/repositories/tickets.ts';
import { createVerificationToken } from '../../functions/shared/repositories/verification-tokens.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { localTableNames } from '../../lib/local/environment.ts';
import { accessTokenExamples } from '../../lib/openapi/examples/access-token.ts';
import { janeDoe, johnDoe } from '../../lib/openapi/examples/sample-profiles.ts';
import { tenantExamples } from '../../lib/openapi/examples/tenant.ts';
import { exampleOf } from '../../lib/openapi/examples.ts';
import { sample } from '../../lib/openapi/sample.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

const cases = endpoints.map(({ contract }) => ({ contract, example: exampleOf(contract.operationId) }));
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());

const textsOf = (value: string | number | boolean | readonly string[]) =>
  typeof value === 'object' ? [...value] : [String(value)];

async function clear(table: Table) {
  const TableName = localTableNames[table];
  const keys = (await api.items(table)).map(({ pk, sk }) => ({ pk, sk }));
  await Promise.all(keys.map((Key) => documentClient().send(new DeleteCommand({ TableName, Key }))));
}

const profileOf = ({ attributes, createdOn, lastModified, ...profile }: typeof johnDoe | typeof janeDoe) => ({
  ...profile,
  createdAtMs: createdOn,
  lastModifiedMs: lastModified,
  attributes: new Map(Object.entries(attributes)),
  password: sample.password,
});

/** The sample data that the examples speak of, as new. */
async function seed() {
  await Promise.all((['profiles', 'tokens', 'tickets'] as const).map(clear));
  for (const [index, token] of accessTokenExamples.getAllAccessTokens.answer.entries())
    await api.seedAccessToken({ ...token, expiresOnMs: null, createdAtMs: index });
  for (const [index, tenant] of tenantExamples.getAllTenants.answer.entries())
    await api.seedTenant({ ...tenant, createdAtMs: index });
  await api.seedProfile(profileOf(janeDoe));
  const john = await api.seedProfile(profileOf(johnDoe));
  const token = newVerificationToken(john, ['verify', 'changePassword']);
  await createTicket({ ...newTicket(john), id: sample.ticketId }, 900);
  await createPersistentLogin({ ...newPersistentLogin(john), id: sample.persistentLoginId }, 900);
  await createVerificationToken({ ...token, id: sample.verificationTokenId }, 900);
}

test.each(cases)('the example of $contract.operationId is one that the contract accepts', ({ contract, example }) => {
  const given = new Map(Object.entries(example.parameters ?? {}));
  for (const [name, spec] of Object.entries(contract.parameters)) {
    const value = given.get(name);
    given.delete(name);
    if (value === undefined) expect([name, spec.required]).toEqual([name, false]);
    else expect(spec.read(name, textsOf(value))).toEqual(value);
  }
  expect([...given.keys()]).toEqual([]);
  expect(example.body === undefined).toBe(contract.body === undefined);
  expect(contract.body?.safeParse(example.body).success ?? true).toBe(true);
  const { response } = contract;
  if (response === EMPTY || response === BYTES) expect(example.answer).toBeUndefined();
  else expect(response.safeParse(example.answer)).toEqual({ success: true, data: example.answer });
});

/** Differ from call to call. */
const volatile = new Set([
  'id',
  'token',
  'createdOn',
  'lastModified',
  'lastRequestTime',
  'timestamp',
  'md5',
  'fileSize',
  'fileSizeBytes',
]);

/** The values, but of those that differ from call to call, and of all of monitoring, the kind alone. */
function comparable(value: unknown, kindOnly = false): unknown {
  if (Array.isArray(value)) return value.map((one) => comparable(one, kindOnly));
  if (typeof value !== 'object' || value === null) return kindOnly ? typeof value : value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, comparable(part, kindOnly || volatile.has(key))]),
  );
}

function requestOf({ contract, example }: (typeof cases)[number]) {
  const { parameters = {}, body } = example;
  const names = Object.keys(contract.parameters).filter((name) => contract.parameters[name]?.place === 'parameter');
  const fields = Object.fromEntries(
    names.flatMap((name) => (parameters[name] === undefined ? [] : [[name, textsOf(parameters[name])] as const])),
  );
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parameters[name])));
  const token = contract.authorisation === 'accessToken' ? { accessTokenId: sample.accessToken } : {};
  if (contract.upload !== undefined) {
    const form = new FormData();
    for (const [name, values] of Object.entries(fields)) for (const value of values) form.append(name, value);
    form.append(contract.upload, new Blob([png]), 'x.png');
    return { path, request: { query: token, body: form } };
  }
  if (contract.body !== undefined) return { path, request: { query: { ...token, ...fields }, json: body } };
  return {
    path,
    request: contract.method === 'GET' ? { query: { ...token, ...fields } } : { query: token, form: fields },
  };
}

test.each(cases)('the example of $contract.operationId works, and is answered so', async (one) => {
  const { contract, example } = one;
  await seed();
  if (contract.path.includes('attachment') && contract.method === 'GET') {
    const upload = cases.find(({ contract }) => contract.upload !== undefined);
    if (upload !== undefined) {
      const { path, request } = requestOf(upload);
      await api.request('POST', path, request);
    }
  }
  const { path, request } = requestOf(one);
  const answer = await api.request(contract.method, path, request);
  expect([answer.status, answer.status === 200 ? '' : answer.body]).toEqual([200, '']);
  const kindOnly = contract.authorisation === 'managementToken';
  if (contract.response === BYTES) expect(answer.bytes).toEqual(png);
  else expect(comparable(answer.body, kindOnly)).toEqual(comparable(example.answer, kindOnly));
});
