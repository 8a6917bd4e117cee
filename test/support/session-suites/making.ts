import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { denied, tokenThatMay } from '../callers.ts';
import {
  answerOf,
  callersWithout,
  earlierTenant,
  type GivesApi,
  isStored,
  type SessionCall,
  testCallers,
} from './every-call.ts';
import type { SessionKind } from './kinds.ts';

/** A call that makes one for a profile by its id. */
export interface Making {
  readonly kind: SessionKind;
  readonly call: SessionCall;
  /** What the caller needs on the tenant, in the order of asking. */
  readonly actions: readonly string[];
}

function testMade(givesApi: GivesApi, { kind, call }: Making, newId: () => Promise<string>): void {
  test('nothing secret of it can be read from the store, which knows it by a hash', async () => {
    const { body } = await call(await newId());
    expect(await isStored(givesApi(), kind, body.id)).toBe(true);
    const stored = JSON.stringify(await givesApi().items(kind.table));
    for (const secret of [body.id, body.token ?? body.id]) expect(stored).not.toContain(secret);
  });

  test('a profile may have several', async () => {
    const profileId = await newId();
    const [first, second] = [await call(profileId), await call(profileId)];
    expect(second.body.id).not.toBe(first.body.id);
    for (const { body } of [first, second]) {
      const read = await kind.read(givesApi(), body.id, 'app-token');
      expect(answerOf(read)).toEqual([
        200,
        { ...body, ...(kind.isProlonged && { lastRequestTime: expect.any(Number) }) },
      ]);
    }
  });

  test('an id in capital letters is the same profile', async () => {
    const id = await newId();
    const { status, body } = await call(id.toUpperCase());
    expect([status, body.profileId]).toEqual([200, id]);
  });
}

function testProfile(
  givesApi: GivesApi,
  { kind, call, actions }: Making,
  newId: (profile: Partial<Profile>) => Promise<string>,
): void {
  test.each(['none', '5a0000000000000000000000'])('404 for the unknown profile "%s", to any caller', async (id) => {
    const absent = { errorCode: 'NO_SUCH_PROFILE', message: `No profile found with ID "${id}"` };
    expect(answerOf(await call(id, await tokenThatMay(givesApi())))).toEqual([404, absent]);
  });

  test('404 for a profile of a tenant that was deleted and made anew', async () => {
    const id = await newId(earlierTenant);
    const absent = { errorCode: 'NO_SUCH_PROFILE', message: `No profile found with ID "${id}"` };
    expect(answerOf(await call(id))).toEqual([404, absent]);
  });

  test(`${kind.outlivesDisabling ? 200 : 403} for a disabled profile`, async () => {
    const id = await newId({ enabled: false });
    const disabled = { errorCode: 'DISABLED_PROFILE', message: `Profile "${id}" of tenant "default" is disabled` };
    const answer = await call(id);
    if (kind.outlivesDisabling) expect(answer.status).toBe(200);
    else expect(answerOf(answer)).toEqual([403, disabled]);
  });

  test.each(actions)('403 without %s, before the profile is found disabled', async (action) => {
    const id = await newId({ enabled: false });
    for (const held of callersWithout(actions, action)) {
      const answer = await call(id, await tokenThatMay(givesApi(), ...held));
      expect(answerOf(answer)).toEqual([403, denied(action)]);
    }
  });
}

/** What every call does that makes a ticket, a persistent login or a verification token of a profile. */
export function makingSuite(givesApi: GivesApi, making: Making): void {
  const newId = async (profile?: Partial<Profile>) => (await givesApi().seedProfile(profile)).id;

  describe('as every making', () => {
    testMade(givesApi, making, newId);
    testProfile(givesApi, making, newId);
    testCallers(givesApi, making.actions, making.call, () => newId());
  });
}
