import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod/mini';
import { messageOf } from '../system-errors.ts';

/** A call whose log is wanted. */
export interface LoggedCall {
  readonly functionName: string;
  /** Absent where none is known. */
  readonly requestId?: string | undefined;
  /** Whether a function that it came to has certainly logged it; of errors of the caller, for example, it says nothing. */
  readonly isLogged: boolean;
  readonly sinceMs: number;
}

/** The lines that a call has left in a log, or one that says why there are none. */
export type ReadLog = (call: LoggedCall) => Promise<readonly string[]>;

/** Lines appear some seconds after they were written. */
const TRIES = 8;
const PAUSE_MS = 2000;
const MOST_LINES = 20;
const MOST_PAGES = 10;

const accessLine = z.object({ integrationRequestId: z.string() });

/** Those groups of a stage in which a function may log: its own, or else those that are nobody's own. */
async function groupsOf(client: CloudWatchLogsClient, stage: string, functionName: string): Promise<readonly string[]> {
  const place = `/serverless-profile/${stage}`;
  const names: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: place }))
    names.push(...logGroups.flatMap(({ logGroupName: name = '' }) => (`${name}/`.startsWith(`${place}/`) ? name : [])));
  const own = `${place}/${functionName}`;
  return names.includes(own) ? [own] : names.filter((name) => !name.slice(place.length + 1).includes('/'));
}

/** Lines of a group with one of these words, from that time on. */
async function linesIn(client: CloudWatchLogsClient, group: string, words: readonly string[], startTime: number) {
  const filterPattern = words.map((word) => `?"${word}"`).join(' ');
  const lines: string[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES && lines.length < MOST_LINES; page++) {
    const command = new FilterLogEventsCommand({ logGroupName: group, filterPattern, startTime, nextToken });
    const { events = [], nextToken: following } = await client.send(command);
    // Emulators have ideas of their own of patterns.
    const texts = events.map(({ message = '' }) => message.trimEnd());
    lines.push(...texts.filter((text) => words.some((word) => text.includes(word))));
    if (following === undefined) break;
    nextToken = following;
  }
  return lines.slice(0, MOST_LINES);
}

/** Lambda's own id of the call, by which its own lines go where a function has crashed. */
function lambdaIdIn(line: string): readonly string[] {
  try {
    const { data } = z.safeParse(accessLine, JSON.parse(line));
    return data === undefined ? [] : [data.integrationRequestId];
  } catch {
    return [];
  }
}

const ofTrouble = ['ERROR', 'WARN', 'Task timed out'];

async function search(client: CloudWatchLogsClient, stage: string, call: LoggedCall): Promise<readonly string[]> {
  const { functionName, requestId, sinceMs, isLogged } = call;
  const tries = isLogged ? TRIES : 1;
  const access = `/aws/vendedlogs/serverless-profile/${stage}/access`;
  const groups = await groupsOf(client, stage, functionName);
  if (groups.length === 0) return [`there is no log group for ${functionName}`];
  let accessed: readonly string[] = [];
  for (let tried = 0; tried < tries; tried++) {
    if (tried > 0) await sleep(PAUSE_MS);
    accessed = requestId === undefined ? [] : await linesIn(client, access, [requestId], sinceMs);
    const words = requestId === undefined ? ofTrouble : [requestId, ...accessed.flatMap(lambdaIdIn)];
    const logged = await Promise.all(groups.map((group) => linesIn(client, group, words, sinceMs)));
    if (logged.flat().length > 0) return [...accessed, ...logged.flat()];
  }
  return [...accessed, `nothing in ${groups.join(', ')}`];
}

/** The log of a stage's functions, in CloudWatch; where it cannot be read, it says why. */
export const deployedLog =
  (stage: string): ReadLog =>
  async (call) => {
    const client = new CloudWatchLogsClient();
    try {
      return await search(client, stage, call);
    } catch (failure) {
      return [`the log cannot be read: ${messageOf(failure)}`];
    } finally {
      client.destroy();
    }
  };
