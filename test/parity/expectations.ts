import { type Difference, differences } from './differences.ts';
import { type Answer, type Exchange, type Mail, recordedAnswer } from './exchanges.ts';
import { expected } from './expected.ts';
import { malformed } from './form.ts';
import type { Expectations } from './replay.ts';

const answersOf = ({ answers = {} }: Difference) => new Map(Object.entries(answers));
const mailsOf = ({ mails = {} }: Difference) => new Map(Object.entries(mails));

/** Recorded values of `lastModified` that ours does not move on to. */
export const notOurChanges: ReadonlySet<number> = new Set(differences.flatMap(({ unmoved = [] }) => unmoved));

/** An entry of the differences that changes nothing is out of date. */
const changed = (name: string, before: unknown, after: unknown) => {
  if (JSON.stringify(before) === JSON.stringify(after)) throw new Error(`"${name}" is listed but does not differ`);
};

function answerTo({ name, response }: Exchange): Answer | undefined {
  if (response === null) return expected.get(name);
  let answer = recordedAnswer(response);
  for (const change of differences.flatMap((difference) => answersOf(difference).get(name) ?? [])) {
    const next = change(answer);
    changed(name, answer, next);
    answer = next;
  }
  return answer;
}

function mailOf(name: string, recorded: Mail | null): Mail | null {
  const links = differences.map(mailsOf).filter((mails) => mails.has(name));
  const link = links[0]?.get(name);
  if (link === undefined || recorded === null) return recorded;
  changed(name, recorded.link, link);
  return link === null ? null : { ...recorded, link };
}

/** What ours answers on the 3.1 line: as recorded, but for the intended differences; as the contract says, where nothing was recorded. */
export const expectations = {
  answer: answerTo,
  mail: mailOf,
  malformed: ({ request }: Exchange, actual: Answer) => malformed(request, actual, '3.1'),
  notOurChanges,
} satisfies Expectations;
