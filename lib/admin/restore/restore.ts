import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { noteChange, noteWritten } from '../../../functions/shared/audit/tally.ts';
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
import { begin, momentMsOf, type Origins, originOf } from './origins.ts';
import { presentOf } from './present.ts';
import { complete, makeEmpty, type Source } from './tables.ts';

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

async function confirm({ stage, to, yes }: RestoreOptions, notes: readonly string[]): Promise<void> {
  for (const note of notes) console.log(note);
  if (yes) return;
  requireTerminal();
  console.log(
    `Stage ${stage} goes back to ${to}: what was written since is not seen any more, everybody signs in again.`,
  );
  if (!(await isTyped(stage))) throw new Error('Nothing was restored.');
}

/** Makes the tables beside those in use, and points the repositories to them. The stream of the profiles. */
async function makeTables(client: DynamoDBClient, stage: string, origins: Origins, tickets: Source): Promise<string> {
  const { profiles, tokens } = origins;
  console.log(`Restoring ${profiles.source.from} and ${tokens.source.from}: minutes, or hours where they are large …`);
  await Promise.all([profiles, tokens].map((origin) => begin(client, origin)));
  noteWritten();
  await makeEmpty(client, tickets);
  const tags = { application: 'serverless-profile', stage };
  const kept = { isRecovered: true, isProtected: isLasting(stage), tags };
  const profilesStreamArn = await complete(client, profiles.source, kept);
  await complete(client, tokens.source, kept);
  await complete(client, tickets, { isRecovered: false, isProtected: false, tags });
  Object.assign(process.env, {
    PROFILES_TABLE: profiles.source.name,
    TOKENS_TABLE: tokens.source.name,
    TICKETS_TABLE: tickets.name,
  });
  return profilesStreamArn;
}

/** Takes out what was ended since, and brings attachments back. */
async function takeOut(present: Present, { profiles, tokens }: Origins): Promise<void> {
  const taken = await cleanse(present, Date.now());
  console.log(
    `Profiles whose sessions are ended: ${taken.profiles}. Taken out: mailed tokens ${taken.verificationTokens}, access tokens ${taken.accessTokens}.`,
  );
  if (taken.passwords > 0)
    console.log(`Profiles whose new password is lost, and whose old one is not taken: ${taken.passwords}.`);
  const attachments = await restoreAttachments(new Date(momentMsOf(profiles)));
  console.log(`Attachments that came back: ${attachments}.`);
  const fromMs = Math.min(momentMsOf(profiles), momentMsOf(tokens));
  console.log(`People who were erased since, and are again: ${await eraseAgain(fromMs)}.`);
}

/**
 * Makes the tables of a deployed stage as they were at a moment, or as they were when they were deleted, beside those in use, takes out of them what was ended since,
 * and writes their names into the stage's file; the next deployment uses them. Called again with the same moment it carries on where it was cut short.
 */
export async function restore(options: RestoreOptions): Promise<void> {
  const { stage, to } = options;
  const moment = momentOf(to, Date.now());
  await useTarget({ stage, local: false });
  const client = new DynamoDBClient();
  const { profiles, tokens, tickets } = sourcesOf(stage, moment);
  const origins = {
    profiles: await originOf(client, profiles, moment),
    tokens: await originOf(client, tokens, moment),
  };
  const { present, notes } = await presentOf(stage, origins);
  await confirm(options, notes);
  // Known from here on, so that hashes mean the same also in tables from before the key.
  if (origins.tokens.lost === undefined) await findAuditKey();
  noteChange({}, ['restored']);
  const profilesStreamArn = await makeTables(client, stage, origins, tickets);
  await takeOut(present, origins);
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
