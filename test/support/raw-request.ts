import { connect } from 'node:net';

/** An answer as its bytes tell it; `body` is the parsed value of JSON, undefined where there is none. */
export interface RawAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Where a request goes and what its head says beside the host; the bytes after the head are sent as they are, a string as Latin-1, a list in pieces. */
export interface RawRequest {
  readonly target: string;
  readonly headers: readonly string[];
  readonly body: string | readonly string[];
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

/** What comes before an answer, to tell the client to go on, is none. */
const interim = /^HTTP\/1.1 100 [\s\S]*?\r\n\r\n/;

function answerOf(given: string): RawAnswer {
  const text = given.replace(interim, '');
  const [head = '', ...body] = text.split('\r\n\r\n');
  const json = body.join('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), body: json.startsWith('{') ? JSON.parse(json) : undefined };
}

/** Sends a POST that no client library would send. */
export async function sendRaw(origin: string, { target, headers, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const closed = new Promise((resolve, reject) => socket.once('close', resolve).once('error', reject));
  const head = [`POST ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');
  socket.write(head, 'latin1');
  for (const piece of [body].flat()) {
    socket.write(piece, 'latin1');
    if (typeof body !== 'string') await pause();
  }
  await closed;
  return answerOf(Buffer.concat(chunks).toString('utf8'));
}
