import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteAttachmentsOf } from '../../functions/shared/repositories/attachments.ts';
import { localEnvironment } from '../../lib/local/environment.ts';
import { recordRunningStack } from '../../lib/local/running-stack.ts';
import type { LocalApi } from './local-api.ts';
import { sweepAll } from './sweeping.ts';

/** How a run of the command ended, and what it said. */
export interface SmokeRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
};

/** The mails of this process's mailbox, as the local stack's shows them. */
const startStore = ({ mails }: LocalApi) =>
  createServer((_request, response) => {
    const emails = mails.map(({ to, html }) => ({ destination: { to: [to] }, body: { html } }));
    response.end(JSON.stringify({ emails }));
  });

/** `npm run smoke` as a person has it, on the API of this process, which is written down as a local stack for that. */
export async function smokeOn(api: LocalApi, env: Readonly<Record<string, string>> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'smoke-'));
  const { AWS_ENDPOINT_URL_DYNAMODB: dynamodb = '', AWS_ENDPOINT_URL_S3: s3 } = process.env;
  const store = startStore(api);
  const environment = { ...localEnvironment({ dynamodb, ses: await listening(store), s3 }), ...env };
  recordRunningStack(directory, { pid: process.pid, url: api.origin, environment });

  /** `started` gets the running process. */
  async function run(
    args: readonly string[] = [],
    started: (kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
  ): Promise<SmokeRun> {
    const child = spawn(process.execPath, ['bin/smoke.ts', '--directory', directory, ...args]);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    started((signal) => child.kill(signal));
    let isOver = false;
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve)).finally(() => {
      isOver = true;
    });
    // What the stream of the table does when deployed.
    while (!isOver) await Promise.race([ended, sweepAll({ deleteAttachmentsOf }).then(() => pause())]);
    await sweepAll({ deleteAttachmentsOf });
    return { status: await ended, stdout, stderr };
  }
  const remove = () => {
    store.close().closeAllConnections();
    rmSync(directory, { recursive: true });
  };
  return { run, remove };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 100));

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** An address before the API that answers some calls by itself: those for which `answer` says so. */
export async function startBefore(api: LocalApi, answer: Answer) {
  const server = createServer((incoming, response) => {
    if (answer(incoming, response)) return;
    const { method, headers, url = '' } = incoming;
    const passed = send(new URL(url, api.origin), { method, headers }, (answered) => {
      response.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(response);
    });
    incoming.pipe(passed);
  });
  const url = `${await listening(server)}/crafter-profile`;
  return { url, stop: () => server.close().closeAllConnections() };
}
