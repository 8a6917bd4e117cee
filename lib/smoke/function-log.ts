import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod/mini';
import { functionOfStream } from '../function-names.ts';
import { accessLogOf, functionLogOf } from '../log-groups.ts';
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

/** What is looked for in a log group, from that time on. */
interface Wanted {
  readonly words: readonly string[];
  /** Of this function's streams alone; absent: of all. */
  readonly functionName?: string;
  readonly sinceMs: number;
}

/** Lines of a group with one of the words. */
async function linesIn(client: CloudWatchLogsClient, group: string, { words, functionName, sinceMs }: Wanted) {
  const filterPattern = words.map((word) => `?"${word}"`).join(' ');
  const lines: string[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES && lines.length < MOST_LINES; page++) {
    const input = { logGroupName: group, filterPattern, startTime: sinceMs, nextToken };
    const { events = [], nextToken: following } = await client.send(new FilterLogEventsCommand(input));
    const own = events.filter(
      ({ logStreamName = '' }) => functionName === undefined || functionOfStream(logStreamName) === functionName,
    );
    // Emulators have ideas of their own of patterns.
    const texts = own.map(({ message = '' }) => message.trimEnd());
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
  const group = functionLogOf(stage);
  let accessed: readonly string[] = [];
  for (let tried = 0; tried < tries; tried++) {
    if (tried > 0) await sleep(PAUSE_MS);
    if (requestId !== undefined) accessed = await linesIn(client, accessLogOf(stage), { words: [requestId], sinceMs });
    const logged =
      requestId === undefined
        ? await linesIn(client, group, { words: ofTrouble, functionName, sinceMs })
        : await linesIn(client, group, { words: [requestId, ...accessed.flatMap(lambdaIdIn)], sinceMs });
    if (logged.length > 0) return [...accessed, ...logged];
  }
  return [...accessed, `nothing of ${functionName} in ${group}`];
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
