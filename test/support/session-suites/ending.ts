import { tokenOfElsewhere, tokenThatMay } from '../callers.ts';
import {
  answerOf,
  callersWithout,
  type GivesApi,
  isStored,
  nowMs,
  type SessionCall,
  testCallers,
} from './every-call.ts';
import type { SessionKind } from './kinds.ts';

/** A call that ends one by its id. */
export interface Ending {
  readonly kind: SessionKind;
  readonly call: SessionCall;
}

function testLive(givesApi: GivesApi, { kind, call }: Ending): void {
  const read = (id: string) => kind.read(givesApi(), id, 'app-token');

  test('it is gone at once, from the store too, and the answer is empty; once more is no error', async () => {
    const { id } = await kind.seed(await givesApi().seedProfile());
    for (const _ of [1, 2]) {
      const { status, headers, bytes } = await call(id);
      expect([status, headers.get('content-length'), headers.get('content-type')]).toEqual([200, '0', null]);
      expect(bytes).toHaveLength(0);
      expect(await isStored(givesApi(), kind, id)).toBe(false);
      expect(answerOf(await read(id))).toEqual([404, kind.absent(id)]);
    }
  });

  test('the profile keeps its others', async () => {
    const profile = await givesApi().seedProfile();
    const [one, other] = [await kind.seed(profile), await kind.seed(profile)];
    await call(one.id);
    expect((await read(other.id)).status).toBe(200);
  });

  test('it lives on where the caller may not end it', async () => {
    const { id } = await kind.seed(await givesApi().seedProfile());
    for (const held of callersWithout([kind.action], kind.action))
      await call(id, await tokenThatMay(givesApi(), ...held));
    await call(id, await tokenOfElsewhere(givesApi()));
    expect((await read(id)).status).toBe(200);
  });
}

/** What every call does that ends a ticket, a persistent login or a verification token. */
export function endingSuite(givesApi: GivesApi, ending: Ending): void {
  const { kind, call } = ending;

  describe('as every ending', () => {
    afterEach(() => jest.restoreAllMocks());

    testLive(givesApi, ending);

    test('an unknown one is no error, for any valid access token', async () => {
      const { status, bytes } = await call('none', await tokenThatMay(givesApi()));
      expect([status, bytes.length]).toEqual([200, 0]);
    });

    test('an expired one is no error though the store still keeps it, for any valid access token', async () => {
      const { id } = await kind.seed(await givesApi().seedProfile(), nowMs);
      jest.spyOn(Date, 'now').mockReturnValue(nowMs + kind.ageMs);
      const { status, bytes } = await call(id, await tokenThatMay(givesApi()));
      expect([status, bytes.length]).toEqual([200, 0]);
    });

    testCallers(givesApi, [kind.action], call, async () => (await kind.seed(await givesApi().seedProfile())).id);
  });
}
