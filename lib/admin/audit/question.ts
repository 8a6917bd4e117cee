import * as z from 'zod/mini';
import { keyedHash } from '../../../functions/shared/audit/trail.ts';
import { isObjectId } from '../../../functions/shared/domain/values/object-id.ts';
import { findAuditKey } from '../../../functions/shared/repositories/audit-key.ts';
import { UsageError } from '../../usage-error.ts';

/** What the trail is asked for. */
export interface Question {
  /** Absent: all tenants, and what is of none. */
  readonly tenant?: string | undefined;
  readonly profileId?: string | undefined;
  /** Hash of tenant and username. */
  readonly user?: string | undefined;
  /** Epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** How a person names it. */
export interface Named {
  readonly tenant?: string | undefined;
  readonly username?: string | undefined;
  readonly profile?: string | undefined;
}

/** Throws a `UsageError` where it names nobody. */
export function requireNamed({ tenant, username, profile }: Named): void {
  if (username !== undefined && profile !== undefined)
    throw new UsageError('--username and --profile name two people: give one of them');
  if (username !== undefined && tenant === undefined)
    throw new UsageError('--username needs --tenant: the trail knows a user by both');
  if (profile !== undefined && !isObjectId(profile))
    throw new UsageError(
      `--profile ${JSON.stringify(profile)} is no id of a profile: it has 24 digits, 0 to 9 and a to f`,
    );
}

/** The question of that name, for the installation that the environment names: usernames are in its trail as hashes. Rejects where it has no key of them. */
export async function questionOf(
  { tenant, username, profile }: Named,
  fromMs: number,
  toMs: number,
): Promise<Question> {
  const question = { tenant, profileId: profile?.toLowerCase(), fromMs, toMs };
  if (username === undefined) return question;
  const key = await findAuditKey();
  if (key === undefined)
    throw new Error('This installation has no key for its audit trail, so that no record names a user');
  return { ...question, user: keyedHash(key, 'user', tenant ?? '', username) };
}

/** A record as the trail has it, as far as it is looked into. */
export const auditRecord = z.looseObject({
  timestamp: z.string(),
  operation: z.optional(z.string()),
  outcome: z.string(),
  tenant: z.optional(z.string()),
  profileId: z.optional(z.string()),
  user: z.optional(z.string()),
  newUser: z.optional(z.string()),
});
export type AuditRecord = z.output<typeof auditRecord>;

/** Whether a record answers it. What is of a profile is so also where nobody knew its tenant any more. */
export function answers(question: Question, record: AuditRecord): boolean {
  const { tenant, profileId, user, fromMs, toMs } = question;
  const atMs = Date.parse(record.timestamp);
  const ofTenant = tenant === undefined || record.tenant === tenant;
  const isOf = ofTenant || (profileId !== undefined && record.tenant === undefined);
  const ofProfile = profileId === undefined || record.profileId === profileId;
  const ofUser = user === undefined || record.user === user || record.newUser === user;
  return isOf && ofProfile && ofUser && atMs >= fromMs && atMs <= toMs;
}

/** The same in the language of CloudWatch Logs Insights, without its times. */
export function conditionOf({ tenant, profileId, user }: Question): string {
  const quoted = (text: string) => JSON.stringify(text);
  const alone = tenant === undefined ? undefined : `tenant = ${quoted(tenant)}`;
  const conditions = [
    'audit = 1',
    profileId === undefined ? alone : alone && `(${alone} or not ispresent(tenant))`,
    profileId && `profileId = ${quoted(profileId)}`,
    user && `(user = ${quoted(user)} or newUser = ${quoted(user)})`,
  ];
  return conditions.filter((condition) => condition !== undefined).join(' and ');
}
