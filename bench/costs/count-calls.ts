import { accessLogFormat } from '../../lib/constructs/api-stage.ts';
import { memoryOf } from '../../lib/constructs/endpoint-function.ts';
import { routeKeysOf } from '../../lib/routes.ts';
import { exampleCases, exampleRequest, prepareExample } from '../../test/support/examples.ts';
import type { LocalApi } from '../../test/support/local-api.ts';
import { bucketRequestsOf } from '../bucket-calls.ts';
import { median } from '../statistics.ts';
import { consumedBy, type StoreCall, tripsOf } from '../store-calls.ts';
import type { MeasuredCall } from './data.ts';

type ExampleCase = (typeof exampleCases)[number];

/** What is in an access log in place of the longer variables; any other is a short number. */
const logged: Readonly<Record<string, string>> = {
  $requestId: 'JKJaXmPLvHcESHA=',
  $requestTimeEpoch: '1722000000000',
  '$integration.requestId': '66a1f0c2-b7e3-4d00-8122-33445566a1f0',
  $integrationErrorMessage: '-',
  '$error.responseType': '-',
};

function accessLogLineOf({ contract }: ExampleCase): string {
  const [routeKey = ''] = routeKeysOf(contract, '/crafter-profile');
  const line = JSON.stringify(accessLogFormat).replaceAll('$context.routeKey', routeKey);
  return line.replace(/\$context((?:\.\w+)+)/g, (_, name: string) => logged[`$${name.slice(1)}`] ?? '200');
}

/** Bytes that are written to the console, by whichever of its streams, while something runs. */
async function consoleBytesOf<Result>(run: () => Promise<Result>): Promise<{ result: Result; bytes: number }> {
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  let bytes = 0;
  for (const { stream } of streams)
    stream.write = (chunk: string | Uint8Array) => {
      bytes += Buffer.byteLength(chunk);
      return true;
    };
  try {
    return { result: await run(), bytes };
  } finally {
    for (const { stream, write } of streams) stream.write = write;
  }
}

/** Runs the example of an operation once, on data made for it. */
async function runOnce(api: LocalApi, one: ExampleCase, calls: StoreCall[], bucketCalls: string[]) {
  await prepareExample(api, one);
  const { path, request } = exampleRequest(one);
  const mailsBefore = api.mails.length;
  calls.length = 0;
  bucketCalls.length = 0;
  const cpu = process.cpuUsage();
  const { result, bytes } = await consoleBytesOf(() => api.request(one.contract.method, path, request));
  const { user, system } = process.cpuUsage(cpu);
  if (result.status !== 200) throw new Error(`${one.contract.operationId} answered ${result.status}`);
  return {
    trips: tripsOf(calls),
    ...consumedBy(calls),
    ...bucketRequestsOf(bucketCalls),
    mails: api.mails.length - mailsBefore,
    answerBytes: result.bytes.length,
    functionLogBytes: bytes,
    cpuMs: (user + system) / 1000,
  };
}

/** What a call of every operation takes, counted while its example runs; CPU time is the median of `runs`, the client's share included. */
export async function countCalls(
  api: LocalApi,
  calls: StoreCall[],
  bucketCalls: string[],
  runs: number,
): Promise<Record<string, MeasuredCall>> {
  const counted: Record<string, MeasuredCall> = {};
  for (const one of exampleCases) {
    const measured = [await runOnce(api, one, calls, bucketCalls)];
    for (let run = 1; run < runs; run++) measured.push(await runOnce(api, one, calls, bucketCalls));
    const last = measured.at(-1) ?? (await runOnce(api, one, calls, bucketCalls));
    counted[one.contract.operationId] = {
      memoryMb: memoryOf(one.contract),
      ...last,
      trips: median(measured.map(({ trips }) => trips)),
      accessLogBytes: Buffer.byteLength(accessLogLineOf(one)),
      cpuMs: Number(median(measured.map(({ cpuMs }) => cpuMs)).toFixed(1)),
    };
  }
  return counted;
}
