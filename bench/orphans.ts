import { type LocalApi, startLocalApi } from '../test/support/local-api.ts';
import { findOrphans } from '../test/support/orphans.ts';
import { QUIET_MS, sweepToTheEnd, workAtRandom } from '../test/support/random-work.ts';
import { table } from './statistics.ts';

const SECONDS = Number(process.env.ORPHANS_SECONDS ?? 45);
const WORKERS = Number(process.env.ORPHANS_WORKERS ?? 12);
/** Another one every day; where a run fails, the message says which to give. */
const SEED = Number(process.env.ORPHANS_SEED ?? Math.floor(Date.now() / 86_400_000));

async function requireNone(api: LocalApi, when: string): Promise<void> {
  const orphans = await findOrphans(api);
  if (orphans.length > 0) throw new Error(`Orphans ${when} (ORPHANS_SEED=${SEED}):\n${orphans.join('\n')}`);
}

const api = await startLocalApi({ bucket: true });
await api.seedAccessToken({ master: true });
const { done, refused, unexpected, faults, longestMs } = await workAtRandom(api, {
  workers: WORKERS,
  durationMs: SECONDS * 1000,
  seed: SEED,
});
if (unexpected.length > 0) throw new Error(`Not expected (ORPHANS_SEED=${SEED}):\n${unexpected.join('\n')}`);
if (longestMs >= QUIET_MS)
  throw new Error(`A request took ${longestMs} ms, longer than the worker's quiet time: too slow to tell`);
await requireNone(api, 'before the sweep');
const open = (await api.items('profiles')).filter(({ pk }) => pk === 'SWEEP').length;
await sweepToTheEnd();
await requireNone(api, 'after the sweep');
const left = await api.items('profiles');
if (left.some(({ pk }) => pk === 'SWEEP')) throw new Error('A sweep stayed open');

console.log(
  table(
    [`${WORKERS} workers for ${SECONDS} s, seed ${SEED}`, ''],
    [
      ...Object.entries(done).sort(([one], [other]) => (one < other ? -1 : 1)),
      ['Refused: another was first, or what it is about is gone', refused],
      ['Conflicts, lost answers and throttled calls', faults],
      ['Longest request', `${longestMs.toFixed(0)} ms`],
      ['Sweeps open at the end', open],
      ['Orphans before they were worked off', 0],
      ['Items of the Profiles table after it', left.length],
      ['Orphans after it', 0],
    ],
  ),
);
await api.stop();
process.exit(0);
