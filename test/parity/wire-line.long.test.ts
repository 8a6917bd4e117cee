import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { installClock } from './clock.ts';
import { recording } from './exchanges.ts';
import { expectations } from './expectations.ts';
import { malformed } from './form.ts';
import { onOlderLine } from './older-line.ts';
import { type Replay, recordedSettings, replay } from './replay.ts';
import { loadRecordedSeed } from './seeding.ts';

let api: LocalApi;
let replayed: Replay;

beforeAll(async () => {
  const clock = installClock();
  api = await startLocalApi({ bucket: true, env: { ...recordedSettings, WIRE_LINE: '3.0' } });
  await loadRecordedSeed(api);
  replayed = await replay(api, clock, {
    ...expectations,
    answer: (exchange) => {
      const answer = expectations.answer(exchange);
      return answer && onOlderLine(exchange.request, answer);
    },
    malformed: ({ request }, actual) => malformed(request, actual, '3.0'),
  });
}, 120_000);

afterAll(async () => {
  jest.restoreAllMocks();
  await api.stop();
});

const compared = recording.filter((entry) => !('waitMs' in entry));

test.each(compared.map(({ name }) => name))('%s differs from the 3.1 line only as contract 11 says', (name) => {
  expect(replayed.outcomes.get(name)?.faults).toEqual([]);
});
