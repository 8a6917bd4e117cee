import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonValue } from '../../functions/shared/domain/values/json.ts';
import { deleteAttachmentsOf } from '../../functions/shared/repositories/attachments.ts';
import { formOf, png } from './attachments.ts';
import { definition } from './definitions.ts';
import { type Faults, installFaults, type Operation, throttled, transactionConflict } from './faults.ts';
import type { ApiResponse, LocalApi } from './local-api.ts';
import { sweepAll } from './sweeping.ts';

const query = { accessTokenId: 'app-token' };
const TENANTS = ['red', 'green', 'blue'];
const USERNAMES = Array.from({ length: 15 }, (_, index) => `user ${index}`);
const NAMES = ['a', 'b', 'c'];
/** What the worker of tenant changes waits for: longer than any request may take. */
export const QUIET_MS = 8000;

/** What each worker does at least, however slow the machine is. */
const LEAST_ACTIONS = 60;
/** Where it ends although some kind was never done: then that kind can't be. */
const MOST_ACTIONS_FOR_ALL = 2000;

/** Numbers from 0 to below 1, always the same ones of a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What one worker acts with: choices of its own, and the profiles that any of them has made. */
interface Hand {
  readonly api: LocalApi;
  readonly pick: (from: readonly string[]) => string;
  readonly made: string[];
}

const post = ({ api }: Hand, path: string, form: Readonly<Record<string, string>> = {}) =>
  api.request('POST', path, { query, form });
const ofProfile = (hand: Hand, path: string) => `/profile/${hand.pick(hand.made)}/${path}`;
const ofTenant = (hand: Hand, path: string) => `/tenant/${hand.pick(TENANTS)}/${path}`;
/** Values of every kind, some of them at a place inside. */
const VALUES: readonly unknown[] = [
  'text',
  7,
  -1e30,
  true,
  ['one', 'two', 3],
  [],
  { deep: 'inside' },
  { deep: [1, null] },
];
const attributeOf = (hand: Hand) => ({ [hand.pick(NAMES)]: VALUES[Number(hand.pick(Object.keys(VALUES)))] });
/** What a definition may say of its index. */
const WISHES: readonly JsonValue[] = [true, false, ['deep'], ['deep', '0']];
const indexedDefinition = (hand: Hand, name: string, defaultValue: string | null = null) =>
  definition(name, { defaultValue, metadata: { indexed: WISHES[Number(hand.pick(Object.keys(WISHES)))] ?? false } });

async function create(hand: Hand): Promise<ApiResponse> {
  const answer = await post(hand, '/profile/create', {
    tenantName: hand.pick(TENANTS),
    username: hand.pick(USERNAMES),
    email: `${hand.pick(NAMES)}@example.org`,
    enabled: 'true',
    attributes: JSON.stringify(attributeOf(hand)),
  });
  if (answer.status === 200) hand.made.push(answer.body.id);
  if (hand.made.length > 30) hand.made.shift();
  return answer;
}

/** What a worker may do next, and how often beside the others. */
const actions: Readonly<Record<string, readonly [weight: number, act: (hand: Hand) => Promise<ApiResponse>]>> = {
  'create a profile': [10, create],
  'rename a profile': [8, (hand) => post(hand, ofProfile(hand, 'update'), { username: hand.pick(USERNAMES) })],
  'move a profile to another address': [
    2,
    (hand) => post(hand, ofProfile(hand, 'update'), { email: `${hand.pick(NAMES)}@example.net` }),
  ],
  'set an attribute': [
    4,
    (hand) => hand.api.request('POST', ofProfile(hand, 'attributes/update'), { query, json: attributeOf(hand) }),
  ],
  'give a role': [4, (hand) => post(hand, ofProfile(hand, 'roles/add'), { role: hand.pick(NAMES) })],
  'take a role': [2, (hand) => post(hand, ofProfile(hand, 'roles/remove'), { role: hand.pick(NAMES) })],
  'take an attribute': [
    2,
    (hand) => post(hand, ofProfile(hand, 'attributes/remove'), { attributeName: hand.pick(NAMES) }),
  ],
  'upload a file': [
    4,
    (hand) =>
      hand.api.request('POST', ofProfile(hand, 'uploadAttachment'), {
        query,
        ...formOf({ fileName: `${hand.pick(NAMES)}.png`, bytes: png }),
      }),
  ],
  'delete a profile': [4, (hand) => post(hand, ofProfile(hand, 'delete'))],
  'add a role': [1, (hand) => post(hand, ofTenant(hand, 'roles/add'), { role: hand.pick(NAMES) })],
  'remove a role': [1, (hand) => post(hand, ofTenant(hand, 'roles/remove'), { role: hand.pick(NAMES) })],
  'add a definition': [
    2,
    (hand) => {
      const added = indexedDefinition(hand, hand.pick(NAMES), hand.pick(['', 'default']) || null);
      return hand.api.request('POST', ofTenant(hand, 'attribute_definitions/add'), { query, json: [added] });
    },
  ],
  'index an attribute, or no more': [
    2,
    (hand) =>
      hand.api.request('POST', ofTenant(hand, 'attribute_definitions/update'), {
        query,
        json: [indexedDefinition(hand, hand.pick(NAMES))],
      }),
  ],
  'remove a definition': [
    1,
    (hand) => post(hand, ofTenant(hand, 'attribute_definitions/remove'), { attributeName: hand.pick(NAMES) }),
  ],
  'delete a tenant': [0.4, (hand) => post(hand, ofTenant(hand, 'delete'))],
  'make a tenant': [
    2,
    (hand) => {
      const attributeDefinitions = NAMES.map((name) => indexedDefinition(hand, name));
      const json = { name: hand.pick(TENANTS), availableRoles: NAMES, attributeDefinitions };
      return hand.api.request('POST', '/tenant/create', { query, json });
    },
  ],
};

export const actionNames = Object.keys(actions);

const totalWeight = Object.values(actions).reduce((sum, [weight]) => sum + weight, 0);

function chosen(random: number): string {
  let left = random * totalWeight;
  for (const [name, [weight]] of Object.entries(actions)) {
    left -= weight;
    if (left < 0) return name;
  }
  return 'create a profile';
}

/** What may be answered: it was done, or somebody else was first. */
const expected = [
  '200',
  '404 NO_SUCH_PROFILE',
  '404 NO_SUCH_TENANT',
  '409 PROFILE_EXISTS',
  '409 TENANT_EXISTS',
  '400 ATTRIBUTE_NOT_DEFINED',
];

const writes: readonly Operation[] = ['TransactWriteItems', 'UpdateItem', 'PutItem', 'DeleteItem'];

/** Now and then what the engine never does. */
function disturb(store: Faults, random: number): void {
  if (random < 0.05) store.failNext('TransactWriteItems', () => transactionConflict(0));
  else if (random < 0.08) store.failNext(writes, 'lostAnswer');
  else if (random < 0.1) store.failNext(writes, throttled);
}

/** How long and with how many to work; the same seed makes the same choices, if not at the same moments. */
interface WorkPlan {
  readonly workers: number;
  readonly durationMs: number;
  readonly seed: number;
}

/** What came of it. */
interface WorkDone {
  /** How often each action was done. */
  readonly done: Readonly<Record<string, number>>;
  /** How often another was first, the profile or tenant is gone, and so on. */
  readonly refused: number;
  /** Answers that no race explains, and sweeps that failed. */
  readonly unexpected: readonly string[];
  /** Conflicts, lost answers and throttled calls that there were. */
  readonly faults: number;
  readonly longestMs: number;
}

/** Works as the tables' stream lets the worker of tenant changes work, until it is told to stop. */
async function sweepBeside(hasStopped: () => boolean, onFailure: (failure: unknown) => void): Promise<void> {
  while (!hasStopped()) {
    await sweepAll({ deleteAttachmentsOf, quietMs: QUIET_MS }, () => (hasStopped() ? 0 : 900_000)).catch(onFailure);
    await sleep(20);
  }
}

/** Works off every sweep that is open, without waiting. */
export const sweepToTheEnd = (): Promise<void> => sweepAll({ deleteAttachmentsOf, nowMs: () => Date.now() + QUIET_MS });

/**
 * Many workers that create, rename, change and delete a few profiles and tenants at random, all the same ones, beside the worker of tenant changes,
 * on a store that has conflicts, loses answers and throttles. Ends when the time is over, each kind was done once and all of them have their last
 * answer; sweeps stay open.
 */
export async function workAtRandom(api: LocalApi, { workers, durationMs, seed }: WorkPlan): Promise<WorkDone> {
  const untilMs = performance.now() + durationMs;
  const store = installFaults();
  const made: string[] = ['592715d4d4c650e226b03b62'];
  const done: Record<string, number> = {};
  const unexpected: string[] = [];
  let [refused, longestMs, hasStopped] = [0, 0, false];
  const goesOn = (count: number) =>
    performance.now() < untilMs ||
    count < LEAST_ACTIONS ||
    (count < MOST_ACTIONS_FOR_ALL && actionNames.some((name) => done[name] === undefined));
  const work = async (worker: number) => {
    const random = randomOf(seed + worker);
    const hand = { api, made, pick: (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '' };
    for (let count = 0; goesOn(count); count++) {
      disturb(store, random());
      const name = chosen(random());
      const startMs = performance.now();
      const { status, body } = (await actions[name]?.[1](hand)) ?? { status: 0, body: undefined };
      longestMs = Math.max(longestMs, performance.now() - startMs);
      if (status === 200) done[name] = (done[name] ?? 0) + 1;
      else if (expected.includes(`${status} ${body?.errorCode}`)) refused++;
      else unexpected.push(`${name}: ${status} ${body?.errorCode} ${body?.message}`);
    }
  };
  const sweeping = sweepBeside(
    () => hasStopped,
    (failure) => unexpected.push(String(failure)),
  );
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  store.reset();
  hasStopped = true;
  await sweeping;
  store.uninstall();
  return { done, refused, unexpected, faults: store.injected(), longestMs };
}
