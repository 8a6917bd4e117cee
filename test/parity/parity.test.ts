import { endpoints } from '../../lib/endpoints.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { installClock } from './clock.ts';
import { differences } from './differences.ts';
import { recording } from './exchanges.ts';
import { expectations, notOurChanges } from './expectations.ts';
import { expected } from './expected.ts';
import { contractFor } from './form.ts';
import { type Replay, recordedSettings, replay } from './replay.ts';
import { loadRecordedSeed } from './seeding.ts';

let api: LocalApi;
let replayed: Replay;

beforeAll(async () => {
  const clock = installClock();
  api = await startLocalApi({ bucket: true, env: recordedSettings });
  await loadRecordedSeed(api);
  replayed = await replay(api, clock, expectations);
}, 120_000);

afterAll(async () => {
  jest.restoreAllMocks();
  await api.stop();
});

const compared = recording.filter((entry) => !('waitMs' in entry));

test.each(compared.map(({ name }) => name))('%s', (name) => {
  expect(replayed.outcomes.get(name)?.faults).toEqual([]);
});

test('`lastModified` stays at each sign-in that moved it there', () => {
  expect(replayed.unmoved).toEqual(notOurChanges);
});

test('every endpoint is replayed', () => {
  const replayedOnes = recording.map((entry) => 'request' in entry && contractFor(entry.request)?.operationId);
  const missing = endpoints.map(({ contract }) => contract.operationId).filter((id) => !replayedOnes.includes(id));
  expect(missing).toEqual([]);
  expect(endpoints).toHaveLength(59);
});

test('every listed difference is of an entry of its kind', () => {
  const answered = recording.flatMap((entry) => ('response' in entry && entry.response ? [entry.name] : []));
  const mailed = recording.flatMap((entry) => ('mail' in entry && entry.mail ? [entry.name] : []));
  const strays = differences.flatMap(({ answers = {}, mails = {}, heldBack = [] }) => [
    ...Object.keys(answers).filter((name) => !answered.includes(name)),
    ...Object.keys(mails).filter((name) => !mailed.includes(name)),
    ...heldBack.filter((name) => !expected.has(name)),
  ]);
  expect(strays).toEqual([]);
});

test('the contract was asked about every answer that was held back, and about no other', () => {
  const heldBack = recording.flatMap((entry) => ('response' in entry && !entry.response ? [entry.name] : []));
  expect([...expected.keys()].sort()).toEqual(heldBack.sort());
});
