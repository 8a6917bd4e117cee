import * as z from 'zod/mini';
import { parseJson } from '../../../functions/shared/domain/values/json.ts';
import { keptTrail } from '../../local/audit-file.ts';
import { findRunningStack } from '../../local/running-stack.ts';
import { functionLogOf } from '../../log-groups.ts';
import { folderOf, type Installation } from '../installation.ts';
import { type AuditRecord, answers, auditRecord, conditionOf, type Question } from './question.ts';

/** A call that Lambda ended: it may have changed something of anybody, and has left no record of it. */
const killedCall = z.object({
  time: z.string(),
  record: z.object({ requestId: z.string(), status: z.string() }),
});
type KilledCall = { readonly time: string; readonly awsRequestId: string; readonly status: string };

/** What the trail answers. */
export interface Answer {
  /** Oldest first. */
  readonly records: readonly AuditRecord[];
  readonly killed: readonly KilledCall[];
  /** Epoch milliseconds: nothing is missing from between, but what the notes say. */
  readonly completeFromMs: number;
  readonly completeToMs: number;
  /** A line each. */
  readonly notes: readonly string[];
}

/** What a function writes is found within seconds; more than this is no promise either. */
const INGESTION_MS = 120_000;
const DAY_MS = 86_400_000;

function recordsIn(lines: readonly string[]): readonly AuditRecord[] {
  return lines.flatMap((line) => {
    const { data } = z.safeParse(auditRecord, parseJson(line));
    return data === undefined ? [] : [data];
  });
}

function killedIn(lines: readonly string[]): readonly KilledCall[] {
  return lines.flatMap((line) => {
    const { data } = z.safeParse(killedCall, parseJson(line));
    return data === undefined
      ? []
      : [{ time: data.time, awsRequestId: data.record.requestId, status: data.record.status }];
  });
}

function readFile(directory: string, question: Question): Answer {
  const records = recordsIn(keptTrail(directory));
  const notes = findRunningStack(directory)?.keepsNothing
    ? ['This stack was started with --memory: it keeps no audit trail. What is here is of one that kept its data.']
    : [];
  const { fromMs: completeFromMs, toMs: completeToMs } = question;
  return {
    records: records.filter((record) => answers(question, record)),
    killed: [],
    completeFromMs,
    completeToMs,
    notes,
  };
}

/** What is denied is the log, not a table. */
function denied(failure: unknown): unknown {
  if (!(failure instanceof Error) || failure.name !== 'AccessDeniedException') return failure;
  return new Error(
    'AWS refuses to have the log read: the credentials need logs:DescribeLogGroups, logs:StartQuery and logs:GetQueryResults',
  );
}

async function readLog(logGroupName: string, question: Question): Promise<Answer> {
  const { CloudWatchLogsClient, DescribeLogGroupsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  const { findLines } = await import('./insights.ts');
  const client = new CloudWatchLogsClient();
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
  const group = logGroups.find((one) => one.logGroupName === logGroupName);
  if (group === undefined) throw new Error(`There is no log group ${logGroupName}: nothing was ever recorded`);
  const { creationTime = 0, retentionInDays } = group;
  const keptFromMs = retentionInDays === undefined ? 0 : question.toMs - retentionInDays * DAY_MS;
  const fromMs = Math.max(question.fromMs, creationTime, keptFromMs);
  const ask = (condition: string) => findLines({ client, logGroupName, condition }, fromMs, question.toMs);
  const found = await ask(conditionOf(question));
  const killed = await ask('type = "platform.report" and record.status != "success"');
  const cut = [...found.cutSeconds, ...killed.cutSeconds].map((second) => new Date(second * 1000).toISOString());
  return {
    // Once more: what is shown of somebody must not rest on how a query is understood.
    records: recordsIn(found.lines).filter((record) => answers(question, record)),
    killed: killedIn(killed.lines),
    completeFromMs: fromMs,
    completeToMs: Math.max(fromMs, question.toMs - INGESTION_MS),
    notes: cut.map(
      (second) => `Of the second ${second} there are more records than a query answers with: some are missing`,
    ),
  };
}

/** Asks the audit trail of an installation. Rejects where it cannot be read. */
export async function readTrail(installation: Installation, question: Question): Promise<Answer> {
  const folder = folderOf(installation);
  if (folder !== undefined) return readFile(folder, question);
  return readLog(functionLogOf(installation.stage), question).catch((failure: unknown) => {
    throw denied(failure);
  });
}
