import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { tokenThatMay } from '../callers.ts';
import {
  answerOf,
  earlierTenant,
  type GivesApi,
  isStored,
  nowMs,
  type SessionCall,
  testCallers,
} from './every-call.ts';
import type { SessionKind } from './kinds.ts';

/** A call that finds one by its id. */
export interface LookUp {
  readonly kind: SessionKind;
  readonly call: SessionCall;
  /** What the caller needs on the tenant, in the order of asking. */
  readonly actions: readonly string[];
  /** Of the answer where none is found; 404 unless given. */
  readonly absentStatus?: number;
  /** Whether it cannot be used again after the call. */
  readonly usesUp?: boolean;
}

/** What may happen to a profile that was made with both epochs 1. */
const changes: readonly { what: string; change: Partial<Profile>; isDisabling?: true }[] = [
  { what: 'is disabled', change: { enabled: false }, isDisabling: true },
  { what: 'was disabled since and enabled again', change: { disableEpoch: 9 }, isDisabling: true },
  { what: 'has a new password', change: { credentialEpoch: 9 } },
  { what: 'belongs to an earlier tenant of the same name', change: earlierTenant },
];

function testAge(givesApi: GivesApi, { kind, call, absentStatus = 404 }: LookUp): void {
  test(`${absentStatus} for an expired one though the store still keeps it, to any valid access token`, async () => {
    const profile = await givesApi().seedProfile();
    const [young, old] = [await kind.seed(profile, nowMs), await kind.seed(profile, nowMs)];
    const clock = jest.spyOn(Date, 'now').mockReturnValue(nowMs + kind.ageMs - 1);
    expect((await call(young.id)).status).toBe(200);
    clock.mockReturnValue(nowMs + kind.ageMs);
    for (const caller of ['app-token', await tokenThatMay(givesApi())])
      expect(answerOf(await call(old.id, caller))).toEqual([absentStatus, kind.absent(old.id)]);
    expect(await isStored(givesApi(), kind, old.id)).toBe(true);
  });
}

function testSecondUse(givesApi: GivesApi, { kind, call, absentStatus = 404, usesUp = false }: LookUp): void {
  const livesOn = kind.isProlonged ? 'prolongs it' : 'does not prolong it';
  test(`a use ${usesUp ? 'is the last one' : livesOn}`, async () => {
    const { id } = await kind.seed(await givesApi().seedProfile(), nowMs);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(nowMs + kind.ageMs - 1);
    expect((await call(id)).status).toBe(200);
    if (!usesUp) clock.mockReturnValue(nowMs + kind.ageMs);
    const again = await call(id);
    if (kind.isProlonged) expect(again.status).toBe(200);
    else expect(answerOf(again)).toEqual([absentStatus, kind.absent(id)]);
  });
}

function testProfile(givesApi: GivesApi, { kind, call, absentStatus = 404 }: LookUp): void {
  for (const { what, change, isDisabling = false } of changes) {
    const lives = isDisabling && kind.outlivesDisabling;
    test(`${lives ? 200 : absentStatus} where its profile ${what}`, async () => {
      const profile = await givesApi().seedProfile({ credentialEpoch: 1, disableEpoch: 1, ...change });
      const { id } = await kind.seed({ ...profile, credentialEpoch: 1, disableEpoch: 1 });
      const answer = await call(id);
      if (lives) expect(answer.status).toBe(200);
      else expect(answerOf(answer)).toEqual([absentStatus, kind.absent(id)]);
    });
  }

  test(`${absentStatus} where its profile is gone`, async () => {
    const profile = await givesApi().seedProfile();
    const { id } = await kind.seed({ ...profile, id: '5a0000000000000000000000' });
    expect(answerOf(await call(id))).toEqual([absentStatus, kind.absent(id)]);
  });
}

/** What every call does that finds a ticket, a persistent login or a verification token. */
export function lookUpSuite(givesApi: GivesApi, lookUp: LookUp): void {
  const { kind, call, actions, absentStatus = 404 } = lookUp;

  describe('as every look-up', () => {
    afterEach(() => jest.restoreAllMocks());

    test(`${absentStatus} for an unknown one, to any valid access token`, async () => {
      const answer = await call('none', await tokenThatMay(givesApi()));
      expect(answerOf(answer)).toEqual([absentStatus, kind.absent('none')]);
    });

    testAge(givesApi, lookUp);
    testSecondUse(givesApi, lookUp);
    testProfile(givesApi, lookUp);
    testCallers(givesApi, actions, call, async () => (await kind.seed(await givesApi().seedProfile())).id);
  });
}
