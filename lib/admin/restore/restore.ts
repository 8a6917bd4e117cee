import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { noteChange, noteWritten } from '../../../functions/shared/audit/tally.ts';
import { listAccessTokens } from '../../../functions/shared/repositories/access-tokens.ts';
import { findAuditKey } from '../../../functions/shared/repositories/audit-key.ts';
import { profilesTable, ticketsTable, tokensTable } from '../../../functions/shared/repositories/dynamodb/keys.ts';
import { readRestored, writeRestored } from '../../deployment/restored-tables.ts';
import { stageFile } from '../../deployment/stage-file.ts';
import { isLasting } from '../../options.ts';
import { isTyped, requireTerminal } from '../../prompt.ts';
import { UsageError } from '../../usage-error.ts';
import { useTarget } from '../target.ts';
import { restoreAttachments } from './attachments.ts';
import { cleanse, type Present } from './cleanse.ts';
import { eraseAgain } from './erase-again.ts';
import { beginRestore, complete, findTable, makeEmpty, restorable, type Source } from './tables.ts';

/** What `admin restore` is asked for. */
export interface RestoreOptions {
  readonly stage: string;
  /** ISO-8601. */
  readonly to: string;
  /** Asks nothing. */
  readonly yes: boolean;
}

/** Reads the moment. Throws a `UsageError` for one that is none, lies ahead, or names no zone. */
export function momentOf(text: string, nowMs: number): Date {
  const isWhole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const atMs = isWhole ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs))
    throw new UsageError(`--to ${JSON.stringify(text)} is no moment: it is like 2026-11-28T09:30:00Z, with its zone`);
  if (atMs >= nowMs) throw new UsageError(`--to ${text} lies ahead`);
  return new Date(atMs);
}

/** The same for the same moment, so that a call that was killed is carried on by another one. */
const nameOf = (stage: string, moment: Date, table: string) =>
  `ServerlessProfile-${stage}-${moment
    .toISOString()
    .replace(/\.000Z$/, 'Z')
    .replaceAll(/[^0-9A-Za-z]/g, '')}-${table}`;

/** The tables in use, and what those that come back in their place are called. */
function sourcesOf(stage: string, moment: Date) {
  const source = (table: Source['table'], from: string, name: string): Source => ({
    table,
    from,
    name: nameOf(stage, moment, name),
  });
  return {
    profiles: source('profiles', profilesTable(), 'Profiles'),
    tokens: source('tokens', tokensTable(), 'Tokens'),
    tickets: source('tickets', ticketsTable(), 'Tickets'),
  };
}

async function requireRestorable(client: DynamoDBClient, moment: Date, sources: readonly Source[]): Promise<void> {
  for (const { from } of sources) {
    const { fromMs, toMs } = await restorable(client, from);
    if (moment.getTime() < fromMs || moment.getTime() > toMs)
      throw new UsageError(
        `${from} can be restored to a moment from ${new Date(fromMs).toISOString()} to ${new Date(toMs).toISOString()}`,
      );
  }
}

/** What the tables in use say; of a lost one nothing. */
async function presentOf(client: DynamoDBClient): Promise<Present> {
  const inUse = profilesTable();
  const [profiles, tokens] = await Promise.all([inUse, tokensTable()].map((name) => findTable(client, name)));
  return {
    accessTokens: tokens === undefined ? [] : await listAccessTokens(),
    profilesTable: profiles === undefined ? undefined : inUse,
  };
}

async function confirm({ stage, to, yes }: RestoreOptions): Promise<void> {
  if (yes) return;
  requireTerminal();
  console.log(
    `Stage ${stage} goes back to ${to}: what was written since is not seen any more, everybody signs in again.`,
  );
  if (!(await isTyped(stage))) throw new Error('Nothing was restored.');
}

/**
 * Makes the tables of a deployed stage as they were at a moment, beside those in use, takes out of them what was ended since, and writes their names into the stage's
 * file; the next deployment uses them. Called again with the same moment it carries on where it was cut short.
 */
export async function restore(options: RestoreOptions): Promise<void> {
  const { stage, to } = options;
  const moment = momentOf(to, Date.now());
  await useTarget({ stage, local: false });
  const client = new DynamoDBClient();
  const { profiles, tokens, tickets } = sourcesOf(stage, moment);
  await requireRestorable(client, moment, [profiles, tokens]);
  await confirm(options);
  const present = await presentOf(client);
  // Known from here on, so that hashes mean the same also in tables from before the key.
  await findAuditKey();
  noteChange({}, ['restored']);
  console.log(`Restoring ${profiles.from} and ${tokens.from}: minutes, or hours where they are large …`);
  await Promise.all([profiles, tokens].map((source) => beginRestore(client, source, moment)));
  noteWritten();
  await makeEmpty(client, tickets);
  const tags = { application: 'serverless-profile', stage };
  const kept = { isRecovered: true, isProtected: isLasting(stage), tags };
  const profilesStreamArn = await complete(client, profiles, kept);
  await complete(client, tokens, kept);
  await complete(client, tickets, { isRecovered: false, isProtected: false, tags });
  Object.assign(process.env, { PROFILES_TABLE: profiles.name, TOKENS_TABLE: tokens.name, TICKETS_TABLE: tickets.name });
  const taken = await cleanse(present, Date.now());
  console.log(
    `Profiles whose sessions are ended: ${taken.profiles}. Taken out: mailed tokens ${taken.verificationTokens}, access tokens ${taken.accessTokens}.`,
  );
  const attachments = await restoreAttachments(moment);
  console.log(`Attachments that came back: ${attachments}.`);
  console.log(`People who were erased since, and are again: ${await eraseAgain(moment.getTime())}.`);
  writeRestored(stage, {
    to: moment.toISOString(),
    profiles: profiles.name,
    profilesStreamArn,
    tokens: tokens.name,
    tickets: tickets.name,
  });
  console.log(
    `Written into ${stageFile(stage)}. "npm run deploy -- --stage ${stage}" has the stage use these tables; "npm run admin -- restore --back --stage ${stage}" and a deployment go back.`,
  );
}

/** Has a stage use the tables of its data stack again, from the next deployment on. */
export function goBack(stage: string): void {
  if (readRestored(stage) === undefined)
    throw new UsageError(`${stageFile(stage)} names no tables that came back: there is nothing to go back from`);
  writeRestored(stage, undefined);
  console.log(
    `"npm run deploy -- --stage ${stage}" has the stage use its first tables again. Those that came back stay until you delete them.`,
  );
}
