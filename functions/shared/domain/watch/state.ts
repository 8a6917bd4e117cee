import type { AccessToken } from '../access/access-token.ts';
import { batchesOf } from '../concurrency/in-parallel.ts';
import type { Profile } from '../profile/profile.ts';
import { waitsForMail } from '../profile/waits-for-mail.ts';
import { openSinceMs } from '../sweep/open-since.ts';
import type { Sweep } from '../sweep/sweep.ts';
import type { Tenant } from '../tenant/tenant.ts';

const DAY_MS = 86_400_000;
/** What is said where no token ends: ten years. */
const MOST_DAYS = 3650;
const BATCH = 25;

/** What is looked at. */
export interface WatchedStore {
  listSweeps(): Promise<readonly Sweep[]>;
  findTenant(name: string): Promise<Tenant | undefined>;
  listTokenEnds(): Promise<readonly Pick<AccessToken, 'expiresOnMs' | 'createdAtMs'>[]>;
  listRefusedMails(): Promise<readonly string[]>;
  findProfiles(ids: readonly string[]): Promise<readonly Profile[]>;
  clearRefusedMail(profileId: string): Promise<void>;
}

/** For how long the oldest open change has waited; 0 where none is open. */
export async function oldestOpenChangeSeconds(store: WatchedStore, nowMs: number): Promise<number> {
  let oldestMs = nowMs;
  for (const sweep of await store.listSweeps()) {
    const tenant = sweep.kind === 'settle' ? await store.findTenant(sweep.tenant) : undefined;
    oldestMs = Math.min(oldestMs, openSinceMs(sweep, tenant) ?? nowMs);
  }
  return Math.round((nowMs - oldestMs) / 1000);
}

/** Days until the first access token ends, in parts of a day, below 0 where it has. One that was made for less than a day is to end. */
export async function accessTokenDaysLeft(store: WatchedStore, nowMs: number): Promise<number> {
  const days = (await store.listTokenEnds()).flatMap(({ expiresOnMs, createdAtMs }) =>
    expiresOnMs === null || expiresOnMs - createdAtMs < DAY_MS ? [] : [(expiresOnMs - nowMs) / DAY_MS],
  );
  return days.reduce((least, one) => Math.min(least, one), MOST_DAYS);
}

/** Ids of the profiles that still wait for a mail that was refused; the notes of the others go. */
export async function profilesWaitingForMail(store: WatchedStore): Promise<readonly string[]> {
  const waiting: string[] = [];
  for (const ids of batchesOf(await store.listRefusedMails(), BATCH)) {
    const profiles = new Map((await store.findProfiles(ids)).map((profile) => [profile.id, profile]));
    for (const id of ids) {
      const profile = profiles.get(id);
      if (profile !== undefined && waitsForMail(profile)) waiting.push(id);
      else await store.clearRefusedMail(id);
    }
  }
  return waiting;
}
