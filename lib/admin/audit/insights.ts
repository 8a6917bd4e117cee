import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudWatchLogsClient,
  GetQueryResultsCommand,
  LimitExceededException,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';

/** As many as a query answers with. */
const LIMIT = 10_000;
const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 3000;
/** Others may be asking, too: tried so often, at growing distances. */
const MOST_STARTS = 8;
const BUSY_PAUSE_MS = 500;

/** Seconds since the epoch, both included. */
interface Window {
  readonly from: number;
  readonly to: number;
}

/** Lines that were found, oldest first, and seconds of which there are more than a query answers with. */
export interface Found {
  readonly lines: readonly string[];
  readonly cutSeconds: readonly number[];
}

/** How a log is asked. */
export interface LogQuery {
  readonly client: CloudWatchLogsClient;
  readonly logGroupName: string;
  /** In the language of Insights. */
  readonly condition: string;
}

async function start({ client, logGroupName, condition }: LogQuery, { from, to }: Window): Promise<string> {
  const queryString = `fields @message | filter ${condition} | sort @timestamp asc | limit ${LIMIT}`;
  const command = new StartQueryCommand({ logGroupName, startTime: from, endTime: to, queryString });
  for (let tries = 1; ; tries++) {
    try {
      const { queryId = '' } = await client.send(command);
      return queryId;
    } catch (failure) {
      if (!(failure instanceof LimitExceededException) || tries === MOST_STARTS) throw failure;
      await sleep(tries * BUSY_PAUSE_MS);
    }
  }
}

/** The lines of one window, and whether these are all: no more than a query answers with, and found in the time that Insights gives it. */
async function ask(query: LogQuery, window: Window) {
  const queryId = await start(query, window);
  for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    const { status, results = [] } = await query.client.send(new GetQueryResultsCommand({ queryId }));
    if (status === 'Complete' || status === 'Timeout')
      return { lines: messagesOf(results), isWhole: status === 'Complete' && results.length < LIMIT };
    if (status !== 'Scheduled' && status !== 'Running')
      throw new Error(`CloudWatch Logs Insights did not answer: its query is ${status}`);
    await sleep(pauseMs);
  }
}

type Row = readonly { readonly field?: string | undefined; readonly value?: string | undefined }[];
const messagesOf = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap((row) => row.find(({ field }) => field === '@message')?.value ?? []);

/** All lines of a window: of one that has too many, those of its halves. */
async function askWhole(query: LogQuery, window: Window): Promise<Found> {
  const { from, to } = window;
  const { lines, isWhole } = await ask(query, window);
  if (isWhole) return { lines, cutSeconds: [] };
  if (from >= to) return { lines, cutSeconds: [from] };
  const middle = Math.floor((from + to) / 2);
  const earlier = await askWhole(query, { from, to: middle });
  const later = await askWhole(query, { from: middle + 1, to });
  return {
    lines: [...earlier.lines, ...later.lines],
    cutSeconds: [...earlier.cutSeconds, ...later.cutSeconds],
  };
}

/** Every line of a log that meets the condition, between two times (epoch milliseconds), however many they are. */
export const findLines = (query: LogQuery, fromMs: number, toMs: number): Promise<Found> =>
  askWhole(query, { from: Math.floor(fromMs / 1000), to: Math.floor(toMs / 1000) });
