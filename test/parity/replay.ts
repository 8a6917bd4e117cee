import { setting } from '../../functions/shared/config/configuration.ts';
import type { LocalApi } from '../support/local-api.ts';
import type { Clock } from './clock.ts';
import { Comparison } from './comparison.ts';
import { Correspondence } from './correspondence.ts';
import { type Answer, type Exchange, type Mail, type Outcome, type RecordedRequest, recording } from './exchanges.ts';
import { repairsAfter } from './unrecorded.ts';
import { send } from './wire.ts';

/** What the server of the recording was set to (exchanges' README). */
export const recordedSettings = {
  TICKET_AGE_SECONDS: '3',
  PERSISTENT_LOGIN_AGE_SECONDS: '3',
  VERIFICATION_TOKEN_AGE_SECONDS: '86400',
  DELAY_THRESHOLD: '2',
  LOCK_THRESHOLD: '8',
  LOCK_MINUTES: '10',
  MAIL_SENDER: 'noreply@example.com',
};

/** What must come back for an entry, in the recording's ids. */
export interface Expectations {
  /** Undefined where nothing is known of the answer. */
  answer(exchange: Exchange): Answer | undefined;
  mail(name: string, recorded: Mail | null): Mail | null;
  /** What is wrong with the form of an answer, whatever it says. */
  malformed(exchange: Exchange, actual: Answer): readonly string[];
  readonly notOurChanges: ReadonlySet<number>;
}

export interface Replay {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Those of `notOurChanges` at which a profile's `lastModified` stayed. */
  readonly unmoved: ReadonlySet<number>;
}

function mailFaults(expected: Mail | null, actual: Mail | null, ids: Correspondence): readonly string[] {
  if (expected !== null && actual !== null) ids.learn(expected.link, actual.link);
  const translated = expected && { ...expected, link: ids.translate(expected.link) };
  return JSON.stringify(translated) === JSON.stringify(actual)
    ? []
    : [`mail: ${JSON.stringify(translated)} expected, ${JSON.stringify(actual)} sent`];
}

/** Takes the oldest mail that arrived, in the recording's form. */
function takeMail(api: LocalApi): Mail | null {
  const mail = api.mails.shift();
  if (mail === undefined) return null;
  const { from, to, subject, html, contentType } = mail;
  const link = /<a id="verificationLink" href="([^"]*)">\1<\/a>/.exec(html)?.[1] ?? '';
  return { from, to, subject, contentType, link };
}

/** Sends every recorded request in order and compares what comes back. */
export async function replay(api: LocalApi, clock: Clock, expectations: Expectations): Promise<Replay> {
  const ids = new Correspondence();
  const comparison = new Comparison(ids, clock, expectations.notOurChanges);
  const outcomes: Outcome[] = [];
  const call = (request: RecordedRequest) =>
    send(api.origin, setting('contextPath'), {
      ...request,
      path: ids.translate(request.path),
      query: ids.translate(request.query),
      body: request.body && ids.translate(request.body),
    });
  for (const entry of recording) {
    clock.advance(1);
    if ('waitMs' in entry) {
      clock.advance(entry.waitMs);
    } else if ('mail' in entry) {
      const actual = takeMail(api);
      const faults = mailFaults(expectations.mail(entry.name, entry.mail), actual, ids);
      outcomes.push({ name: entry.name, faults, actual });
    } else {
      const unexpected = api.mails.splice(0).map(() => 'a mail that nothing was recorded of came before');
      const actual = await call(entry.request);
      const expected = expectations.answer(entry);
      const compared =
        expected === undefined ? ['nothing is known of the answer'] : comparison.faultsOf(expected, actual);
      outcomes.push({
        name: entry.name,
        faults: [...unexpected, ...compared, ...expectations.malformed(entry, actual)],
        actual,
      });
    }
    for (const request of repairsAfter(entry.name, outcomes)) await call(request);
  }
  return { outcomes: new Map(outcomes.map((outcome) => [outcome.name, outcome])), unmoved: comparison.unmoved };
}
