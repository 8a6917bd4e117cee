import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Profile } from '../functions/shared/domain/profile/profile.ts';
import type { Tenant } from '../functions/shared/domain/tenant/tenant.ts';
import { documentClient } from '../functions/shared/repositories/dynamodb/client.ts';
import { profileKey } from '../functions/shared/repositories/dynamodb/keys.ts';
import { listIdsByCreation } from '../functions/shared/repositories/profile-lists.ts';
import { findProfiles } from '../functions/shared/repositories/profiles.ts';
import { listSweeps } from '../functions/shared/repositories/sweeps.ts';
import { findTenant } from '../functions/shared/repositories/tenants.ts';
import { localTableNames } from '../lib/local/environment.ts';
import { asAttributes } from '../test/support/attributes.ts';
import { type LocalApi, startLocalApi } from '../test/support/local-api.ts';
import { loadProfiles, profileOfTenant } from '../test/support/many-profiles.ts';
import { table } from './statistics.ts';

const SIZE = Number(process.env.SWEEP_PROFILES ?? 100_000);
const PARALLEL = 25;
const SAMPLE = 500;
const query = { accessTokenId: 'bench-token' };
const definition = (name: string) => ({
  name,
  metadata: null,
  defaultValue: null,
  permissions: [{ application: '*', allowedActions: ['*'] }],
});

async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const startMs = performance.now();
  const result = await work();
  return { ms: performance.now() - startMs, result };
}

const made = (tenant: Tenant, index: number): Profile =>
  profileOfTenant(tenant, index, {
    roles: ['GONE', 'STAYS'],
    attributes: asAttributes([
      ['gone', { index }],
      ['stays', 'x'.repeat(200)],
    ]),
  });

/** What the store gives for updates of one attribute, as many at a time as the worker makes: the base of its rate. */
async function bareUpdatesPerSecond(profiles: readonly Profile[]): Promise<number> {
  const { ms } = await timed(async () => {
    for (let from = 0; from < profiles.length; from += PARALLEL) {
      const updates = profiles.slice(from, from + PARALLEL).map(
        ({ id, tenantId }) =>
          new UpdateCommand({
            TableName: localTableNames().profiles,
            Key: profileKey(id),
            UpdateExpression: 'SET verified = :true',
            ConditionExpression: 'tenantId = :tenantId',
            ExpressionAttributeValues: { ':true': true, ':tenantId': tenantId },
          }),
      );
      await Promise.all(updates.map((update) => documentClient().send(update)));
    }
  });
  return (profiles.length / ms) * 1000;
}

/** How many of the stored profiles still hold what was removed. */
async function storedUnsettled(tenantId: string): Promise<{ total: number; unsettled: number }> {
  let total = 0;
  let unsettled = 0;
  for await (const ids of listIdsByCreation(tenantId)) {
    const profiles = await findProfiles(ids);
    total += profiles.length;
    unsettled += profiles.filter(({ roles, attributes }) => roles.includes('GONE') || attributes.has('gone')).length;
  }
  return { total, unsettled };
}

/** How many of a sample of profiles still show what was removed. */
async function seenUnsettled(api: LocalApi, profiles: readonly Profile[]): Promise<number> {
  let seen = 0;
  for (let index = 0; index < SAMPLE; index++) {
    const { id } = profiles[Math.floor((index / SAMPLE) * profiles.length)] ?? { id: '' };
    const { body } = await api.request('GET', `/profile/${id}`, { query });
    if (body.roles.includes('GONE') || 'gone' in body.attributes || !body.roles.includes('STAYS')) seen++;
  }
  return seen;
}

const startWorker = (): ChildProcess =>
  spawn(process.execPath, ['bench/subjects/sweep-worker.ts'], { stdio: ['ignore', 'ignore', 'inherit'] });

/** Kills the worker, in whatever it does, once it has saved that it is behind the profile. */
async function killBehind(worker: ChildProcess, profile: Profile | undefined): Promise<void> {
  for (;;) {
    const [sweep] = await listSweeps();
    if (sweep?.kind === 'settle' && sweep.pass?.after !== undefined && sweep.pass.after > String(profile?.createdAtMs))
      break;
    await sleep(7);
  }
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}

const api = await startLocalApi({ bucket: true });
await api.seedAccessToken({ id: 'bench-token' });
const attributeDefinitions = [definition('gone'), definition('stays')];
const tenant = await api.seedTenant({ availableRoles: ['GONE', 'STAYS'], attributeDefinitions });
const profiles = Array.from({ length: SIZE }, (_, index) => made(tenant, index));
const loading = await timed(() => loadProfiles(profiles));
const bare = await bareUpdatesPerSecond(profiles.slice(0, Math.min(SIZE, 5000)));

const change = await timed(async () => {
  await api.request('POST', '/tenant/default/roles/remove', { query, form: { role: 'GONE' } });
  await api.request('POST', '/tenant/default/attribute_definitions/remove', { query, form: { attributeName: 'gone' } });
});
const seenAtOnce = await seenUnsettled(api, profiles);

const first = startWorker();
const upToTheKill = await timed(() => killBehind(first, profiles[Math.floor(SIZE / 2)]));
const atTheKill = await storedUnsettled(tenant.id);
const seenAtTheKill = await seenUnsettled(api, profiles);

const second = startWorker();
const rest = await timed(() => once(second, 'exit'));
const end = await storedUnsettled(tenant.id);
const seenAtTheEnd = await seenUnsettled(api, profiles);
const [open, pending] = [await listSweeps(), (await findTenant('default'))?.pending];
if (end.unsettled + seenAtOnce + seenAtTheKill + seenAtTheEnd + open.length + (pending?.length ?? 1) > 0)
  throw new Error('A profile was left behind');

const perSecond = (SIZE / (upToTheKill.ms + rest.ms)) * 1000;
const count = (value: number) => value.toLocaleString('en');
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
console.log(
  table(
    [`A role and an attribute removed from ${count(SIZE)} profiles`, ''],
    [
      ['Loading the profiles', seconds(loading.ms)],
      ['The two requests', `${change.ms.toFixed(0)} ms`],
      [`Of ${SAMPLE} profiles read at once, with what was removed`, seenAtOnce],
      ['Stored with what was removed, when the worker was killed half way', count(atTheKill.unsettled)],
      [`Of ${SAMPLE} profiles read then, with what was removed`, seenAtTheKill],
      ['Stored with what was removed, after another worker ended', count(end.unsettled)],
      ['Profiles in the store at the end', count(end.total)],
      ['Both workers together', seconds(upToTheKill.ms + rest.ms)],
      ['Profiles a second', count(Math.round(perSecond))],
      ['As a share of bare conditional updates', (perSecond / bare).toFixed(2)],
    ],
  ),
);
await api.stop();
process.exit(0);
