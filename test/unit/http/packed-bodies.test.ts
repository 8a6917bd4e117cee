import type { AccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import { missingAccessToken, unknownAccessToken } from '../../../functions/shared/errors/api-error.ts';
import { errorsOf } from '../../../functions/shared/http/contract.ts';
import { readRequest } from '../../../functions/shared/http/request.ts';
import { endpoints } from '../../../lib/endpoints.ts';
import { eventOf } from '../../../lib/local/gateway.ts';
import { exampleAccessToken } from '../../support/example-access-token.ts';

const caller = exampleAccessToken({ id: 'a', application: null });
const contracts = endpoints.map(({ contract }) => contract);
const withBody = contracts.filter(({ method }) => method === 'POST');

async function authenticate(id: string | undefined): Promise<AccessToken> {
  if (id === undefined) throw missingAccessToken();
  if (id === 'nobody') throw unknownAccessToken(id);
  return caller;
}

beforeAll(() => {
  Object.assign(process.env, { UPLOAD_LIMIT_BYTES: '4194304' });
});

type Contract = (typeof contracts)[number];
const typeOf = (contract: Contract) =>
  contract.body === undefined ? 'application/x-www-form-urlencoded' : 'application/json';

/** What comes of a body that is said to be packed so: undefined, or the kind and text of the error. */
async function outcome(contract: Contract, encoding: string, query: string, body = 'packed', type = typeOf(contract)) {
  const headers = [['Content-Type', type] as const, ['Content-Encoding', encoding] as const];
  const request = { method: contract.method, path: '/', decodedPath: '/', query, headers, body: Buffer.from(body) };
  const pathParameters = { id: 'x', name: 'x', attachmentId: 'x' };
  const event = eventOf(request, { routeKey: '', pathParameters }, { requestId: '', atMs: 0 });
  return readRequest(contract, event, authenticate).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const refused = (encoding: string) =>
  expect.objectContaining({
    kind: 'unsupportedContentType',
    message: `Content encoding "${encoding}" is not supported: send the body as it is`,
  });

test.each(withBody)('$operationId takes no packed body', async (contract) => {
  expect(errorsOf(contract)).toContain('unsupportedContentType');
  expect(await outcome(contract, 'gzip', 'accessTokenId=a')).toEqual(refused('gzip'));
  expect(await outcome(contract, 'gzip', 'accessTokenId=nobody')).toMatchObject({ kind: 'unknownAccessToken' });
});

test.each(withBody)('$operationId says so where the access token is in the packed body', async (contract) => {
  const kind = contract.body === undefined ? 'unsupportedContentType' : 'missingAccessToken';
  for (const body of ['packed', 'x'.repeat(100_000), 'accessTokenId=nobody&x'.repeat(10_000)])
    expect(await outcome(contract, 'gzip', '', body)).toMatchObject({ kind });
});

const update = contracts.find(({ operationId }) => operationId === 'updateProfileAttributes');
if (update === undefined) throw new Error('updateProfileAttributes');

test.each(['GZIP', 'br', 'deflate', 'x-gzip', 'identity, gzip', 'gzip,', 'aws-chunked', '*', 'utf-8'])(
  'a body packed as "%s" is refused',
  async (encoding) => {
    expect(await outcome(update, encoding, 'accessTokenId=a', '{}')).toEqual(refused(encoding));
  },
);

test.each(['', ' ', 'identity', 'Identity', 'identity,identity', ' identity , '])(
  'a body packed as "%s" is not packed',
  async (encoding) => {
    expect(await outcome(update, encoding, 'accessTokenId=a', '{}')).toBeUndefined();
  },
);

test('nothing is packed in no body, and a read has none', async () => {
  const read = contracts.find(({ operationId }) => operationId === 'getProfile');
  const bare = contracts.find(({ operationId }) => operationId === 'deleteProfile');
  if (read === undefined || bare === undefined) throw new Error('not there');
  expect(await outcome(read, 'gzip', 'accessTokenId=a')).toBeUndefined();
  expect(await outcome(bare, 'gzip', 'accessTokenId=a', '')).toBeUndefined();
});

test.each(['multipart/form-data; boundary=b', 'text/plain', ''])(
  'a packed body of type "%s" is refused',
  async (type) => {
    const upload = contracts.find(({ operationId }) => operationId === 'uploadAttachment');
    if (upload === undefined) throw new Error('uploadAttachment');
    expect(await outcome(upload, 'gzip', 'accessTokenId=a', 'packed', type)).toEqual(refused('gzip'));
  },
);
