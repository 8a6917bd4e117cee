import type { AdminCommand } from '../admin-command.ts';
import { whereOptions } from '../command-options.ts';
import { sinceMs } from '../since.ts';
import { useTarget } from '../target.ts';
import { questionOf, requireNamed } from './question.ts';

const USUAL = '30d';

/** Reads the audit trail back. */
export const auditCommand: AdminCommand = {
  name: 'audit',
  summary: 'tell who did what, by the audit trail: of all, of a tenant, of one user',
  options: ['tenant', 'username', 'profile', 'since', 'json', ...whereOptions],
  notes: {
    tenant: 'of this tenant alone',
    username: 'of this user of the tenant alone',
    since: `from then on, default: ${USUAL}`,
  },
  run: async (values) => {
    const { since = USUAL, json } = values;
    const nowMs = Date.now();
    requireNamed(values);
    const fromMs = sinceMs(since, nowMs);
    await useTarget(values);
    const { readTrail } = await import('./read-trail.ts');
    const { answerJson, answerLines } = await import('./shown.ts');
    const answer = await readTrail(values, await questionOf(values, fromMs, nowMs));
    if (json) console.log(answerJson(answer));
    else for (const line of answerLines(answer)) console.log(line);
  },
};
