import ses from 'aws-ses-v2-local';
import { freePort } from './free-port.ts';
import { stopServer } from './stop-server.ts';

/** An SES that keeps every mail and shows it on a web page, on 127.0.0.1. */
export interface LocalMailbox {
  readonly url: string;
  stop(): Promise<void>;
}

const USUAL_PORT = 8005;

/** On its usual port, or on a free one where that is taken. */
export async function startLocalMailbox(): Promise<LocalMailbox> {
  const port = (await freePort(USUAL_PORT)) ?? (await freePort());
  const server = await ses.default({ host: '127.0.0.1', port });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => stopServer(server),
  };
}
