import type { Credentials } from '../../../functions/shared/domain/sign-in/credentials.ts';
import { credentialsToItem } from '../../../functions/shared/repositories/credentials.ts';
import { documentClient } from '../../../functions/shared/repositories/dynamodb/client.ts';
import { installFaults } from '../../support/faults.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const start = 1_500_000_000_000;
const minute = 60_000;

beforeAll(async () => {
  // Thresholds of the contract, kept small: each try hashes.
  api = await startLocalApi({ env: { DELAY_THRESHOLD: '1', LOCK_THRESHOLD: '2', LOCK_MINUTES: '10' } });
  await api.seedAccessToken();
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const authenticate = (username: string, password: string) =>
  api.request('POST', '/authentication/authenticate', {
    form: { accessTokenId: 'app-token', tenantName: 'default', username, password },
  });

const at = (timeMs: number) => jest.spyOn(Date, 'now').mockReturnValue(timeMs);

async function statusesOf(username: string, passwords: readonly string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const password of passwords) statuses.push((await authenticate(username, password)).status);
  return statuses;
}

async function credentialsOf(id: string) {
  const items = await api.items('profiles');
  const item = items.find(({ pk, sk }) => pk === `PROFILE#${id}` && sk === 'CREDENTIALS');
  return [item?.failedLoginAttempts, item?.lastFailedLoginMs];
}

test('the failure that reaches the threshold is still a 401; the next try is locked, with the right password too', async () => {
  const { id } = await api.seedProfile({ username: 'ada', password: 'right' });
  at(start);
  expect(await statusesOf('ada', ['wrong', 'wrong', 'wrong'])).toEqual([401, 401, 401]);
  const { status, body } = await authenticate('ada', 'right');
  expect(status).toBe(403);
  expect(body).toEqual({
    errorCode: 'DISABLED_PROFILE',
    message: `Profile "${id}" of tenant "default" is temporarily locked after too many failed sign-ins`,
  });
});

test('tries during the lock are not counted', async () => {
  const { id } = await api.seedProfile({
    username: 'bo',
    password: 'right',
    credentials: { failedLoginAttempts: 3, lastFailedLoginMs: start },
  });
  at(start + 10 * minute - 1);
  expect(await statusesOf('bo', ['wrong', 'wrong'])).toEqual([403, 403]);
  expect(await credentialsOf(id)).toEqual([3, start]);
});

test('after the lock the next failure locks again at once', async () => {
  const { id } = await api.seedProfile({
    username: 'cy',
    password: 'right',
    credentials: { failedLoginAttempts: 3, lastFailedLoginMs: start },
  });
  at(start + 10 * minute);
  expect(await statusesOf('cy', ['wrong', 'right'])).toEqual([401, 403]);
  expect(await credentialsOf(id)).toEqual([4, start + 10 * minute]);
});

test('a good sign-in after the lock sets the counter to nought and leaves the time', async () => {
  const { id } = await api.seedProfile({
    username: 'di',
    password: 'right',
    credentials: { failedLoginAttempts: 3, lastFailedLoginMs: start },
  });
  at(start + 10 * minute);
  expect(await statusesOf('di', ['right'])).toEqual([200]);
  expect(await credentialsOf(id)).toEqual([0, start]);
});

test('below the threshold no time is kept, so nothing is locked', async () => {
  const { id } = await api.seedProfile({ username: 'ed', password: 'right' });
  at(start);
  expect(await statusesOf('ed', ['wrong', 'wrong'])).toEqual([401, 401]);
  expect(await credentialsOf(id)).toEqual([2, undefined]);
  expect(await statusesOf('ed', ['right'])).toEqual([200]);
});

test.each([0, 1])('a failure after %d others whose answer the store lost counts once', async (failedLoginAttempts) => {
  const username = `lost ${failedLoginAttempts}`;
  const { id } = await api.seedProfile({ username, password: 'right', credentials: { failedLoginAttempts } });
  const faults = installFaults();
  faults.failNext('UpdateItem', 'lostAnswer');
  expect((await authenticate(username, 'wrong')).status).toBe(401);
  faults.uninstall();
  expect(await credentialsOf(id)).toEqual([failedLoginAttempts + 1, undefined]);
});

/** Writes other credentials at the moment after the next sign-in has read them. */
function changeAfterRead(credentials: Credentials) {
  const name = 'changeAfterRead';
  documentClient().middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        if (commandName !== 'BatchGetItemCommand') return result;
        documentClient().middlewareStack.remove(name);
        await api.put('profiles', [credentialsToItem(credentials)]);
        return result;
      },
    { step: 'initialize', name },
  );
}

test.each([
  ['the first try', 0],
  ['a try after failures', 1],
])(
  'the right one of many guesses at once gets no ticket once the others have locked the profile: %s',
  async (_, failures) => {
    at(start);
    const username = `burst${failures}`;
    const credentials = { failedLoginAttempts: failures };
    const { id, credentialEpoch } = await api.seedProfile({ username, password: 'right', credentials });
    const passwordHash = (await api.items('profiles')).find(
      ({ pk, sk }) => pk === `PROFILE#${id}` && sk === 'CREDENTIALS',
    )?.passwordHash;
    const locked = { failedLoginAttempts: 3, lastFailedLoginMs: start };
    changeAfterRead({ profileId: id, passwordHash: String(passwordHash), credentialEpoch, ...locked });
    const { status, body } = await authenticate(username, 'right');
    expect([status, body.errorCode]).toEqual([403, 'DISABLED_PROFILE']);
    expect(await credentialsOf(id)).toEqual([3, start]);
    expect((await api.items('tickets')).filter(({ profileId }) => profileId === id)).toEqual([]);
  },
);

test('a password that is replaced while it is checked signs nobody in', async () => {
  at(start);
  const { id, credentialEpoch } = await api.seedProfile({ username: 'mid', password: 'right' });
  changeAfterRead({ profileId: id, passwordHash: 'x', credentialEpoch: credentialEpoch + 1, failedLoginAttempts: 0 });
  const { status, body } = await authenticate('mid', 'right');
  expect([status, body.errorCode]).toEqual([401, 'BAD_CREDENTIALS']);
});
