import { BYTES, EMPTY } from '../../functions/shared/http/contract.ts';
import { tags } from '../../lib/openapi/info.ts';
import { tagOf } from '../../lib/openapi/operation.ts';
import { png } from '../support/attachments.ts';
import { exampleCases as cases, exampleRequest, prepareExample, seedExamples, textsOf } from '../support/examples.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());

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

test.each(cases)('the example of $contract.operationId works, and is answered so', async (one) => {
  const { contract, example } = one;
  await prepareExample(api, one);
  const { path, request } = exampleRequest(one);
  const answer = await api.request(contract.method, path, request);
  expect([answer.status, answer.status === 200 ? '' : answer.body]).toEqual([200, '']);
  const kindOnly = contract.authorisation === 'managementToken';
  if (contract.response === BYTES) expect(answer.bytes).toEqual(png);
  else expect(comparable(answer.body, kindOnly)).toEqual(comparable(example.answer, kindOnly));
});

const groups = tags.map(({ name }) => name);
const asOnThePage = [...cases].sort((a, b) => groups.indexOf(tagOf(a.contract)) - groups.indexOf(tagOf(b.contract)));

test.each([
  ['in the order of the page', asOnThePage],
  ['backwards', [...asOnThePage].reverse()],
])('the examples work one after the other, %s: none takes away what another needs', async (_order, ordered) => {
  await seedExamples(api);
  const statuses: [string, number][] = [];
  for (const one of ordered) {
    const { path, request } = exampleRequest(one);
    const { status } = await api.request(one.contract.method, path, request);
    statuses.push([one.contract.operationId, status]);
  }
  expect(statuses).toEqual(ordered.map(({ contract }) => [contract.operationId, 200]));
});
