import { type Change, overlaid, type Subject, type Tally, tallied } from './tally.ts';
import { leaveRecord, needsKey, together } from './trail.ts';

interface AuditedWork {
  /** What it is about, as far as that is known before. */
  readonly subject?: Subject;
  /** Finds the key of the hashes, where records need one. */
  readonly findKey?: () => Promise<Uint8Array | undefined>;
}

/** What was changed by tenant, or as one where it was of one tenant at the most. */
function changesOf({ changes }: Tally, about: Subject): readonly Change[] {
  const tenants = new Set(changes.flatMap(({ subject }) => subject.tenant ?? about.tenant ?? []));
  return tenants.size > 1 ? changes : [together(changes)];
}

/**
 * Does a piece of work that is no request, and leaves a record of what it changed, or may have: one for each tenant. Nothing where it changed nothing. What the work
 * throws is thrown on, after its record.
 */
export const auditedWork = <Result>(run: () => Promise<Result>, { subject = {}, findKey }: AuditedWork = {}) =>
  tallied(async (tally): Promise<Result> => {
    let good: 'done' | undefined;
    try {
      const result = await run();
      good = 'done';
      return result;
    } finally {
      const outcome = tally.unknown > 0 && good === undefined ? 'not known' : (good ?? 'failed');
      for (const change of tally.written + tally.unknown > 0 ? changesOf(tally, subject) : []) {
        const about = overlaid(subject, change.subject);
        const key = findKey !== undefined && needsKey({ outcome }, about) ? await findKey() : undefined;
        leaveRecord({ outcome }, { ...change, subject: about }, key);
      }
    }
  });
