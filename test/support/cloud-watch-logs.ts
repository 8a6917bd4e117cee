import { createServer } from 'node:http';

/** A line of a log group, at a time (epoch milliseconds). */
interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** A query of Insights as it came. */
interface AskedQuery {
  readonly startTime: number;
  readonly endTime: number;
  readonly queryString: string;
}

interface LogGroup {
  readonly logGroupName: string;
  readonly creationTime: number;
  readonly retentionInDays?: number;
}

const variables = ['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'AWS_ENDPOINT_URL_STS'];
const OPERATOR = 'arn:aws:iam::000000000000:user/ops';
const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${OPERATOR}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** Whether a line meets a condition of the few that are asked: fields that are equal, joined by `and`. */
function meets(message: string, queryString: string): boolean {
  const condition = / filter (.*?) \| sort/.exec(queryString)?.[1] ?? '';
  const wanted = condition.split(' and ').map((part) => /^([\w.]+) (!?=) (.*)$/.exec(part) ?? []);
  const line = JSON.parse(message);
  return wanted.every(([, name = '', operator, value = '']) => {
    const found = name.split('.').reduce((at, key) => at?.[key], line);
    return found !== undefined && (found === JSON.parse(value)) === (operator === '=');
  });
}

/** As many lines as a query of Insights answers with. */
const LIMIT = 10_000;

/** CloudWatch Logs and STS for the tests of a file: one log group. */
export function withCloudWatchLogs(group: LogGroup) {
  const state = {
    events: [] as LogEvent[],
    asked: [] as AskedQuery[],
    refusals: 0,
    refusal: 'LimitExceededException',
    status: 'Complete',
  };
  const streams = new Set<string>();
  // biome-ignore lint/suspicious/noExplicitAny: what a client sends, looked into without a schema
  const answers: Readonly<Record<string, (input: any) => object>> = {
    DescribeLogGroups: ({ logGroupNamePrefix }) => ({
      logGroups: group.logGroupName.startsWith(logGroupNamePrefix) ? [group] : [],
    }),
    CreateLogStream: ({ logGroupName, logStreamName }) => {
      streams.add(`${logGroupName} ${logStreamName}`);
      return {};
    },
    PutLogEvents: ({ logGroupName, logStreamName, logEvents }) => {
      if (!streams.has(`${logGroupName} ${logStreamName}`)) throw new Error('ResourceNotFoundException');
      state.events.push(...logEvents);
      return {};
    },
    StartQuery: (query) => {
      if (state.refusals-- > 0) throw new Error(state.refusal);
      state.asked.push(query);
      return { queryId: String(state.asked.length - 1) };
    },
    GetQueryResults: ({ queryId }) => {
      const { startTime = 0, endTime = 0, queryString = '' } = state.asked[Number(queryId)] ?? {};
      const found = state.events
        .filter(({ timestamp }) => timestamp >= startTime * 1000 && timestamp < (endTime + 1) * 1000)
        .filter(({ message }) => meets(message, queryString));
      const row = ({ message }: LogEvent) => [{ field: '@message', value: message }];
      return { status: state.status, results: found.slice(0, LIMIT).map(row) };
    },
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    if (text.startsWith('Action=')) return void response.writeHead(200, { 'content-type': 'text/xml' }).end(identity);
    const action = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const json = { 'content-type': 'application/x-amz-json-1.1' };
    try {
      const answer = JSON.stringify(answers[action]?.(JSON.parse(text)));
      response.writeHead(200, json).end(answer);
    } catch (refusal) {
      response.writeHead(400, json).end(JSON.stringify({ __type: (refusal as Error).message }));
    }
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    for (const name of variables) process.env[name] = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    for (const name of variables) delete process.env[name];
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    Object.assign(state, { events: [], asked: [], refusals: 0, refusal: 'LimitExceededException', status: 'Complete' });
  });
  return { state, operator: OPERATOR };
}
