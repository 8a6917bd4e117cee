import { writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { selfSigned } from './self-signed.ts';

/** How long what a client sends is on its way, and its connection as well: a trip to the store within a region. */
const DELAY_MS = 5;

/** What makes a process use the endpoint. */
export interface TlsEndpoint {
  readonly environment: Readonly<Record<string, string>>;
  stop(): void;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Either end takes the other with it. */
function bound(one: Socket, other: Socket): void {
  for (const [end, far] of [
    [one, other],
    [other, one],
  ] as const)
    end.on('error', () => far.destroy()).on('close', () => far.destroy());
}

/** What arrives is passed on after the delay, in its order; a connection is there when one is made and answered. */
function passOnLate(from: Socket, to: Socket): void {
  const connectedMs = performance.now() + DELAY_MS;
  from.on('data', (bytes) => {
    const dueMs = Math.max(performance.now(), connectedMs) + DELAY_MS;
    setTimeout(() => to.write(bytes), dueMs - performance.now());
  });
  to.pipe(from);
  bound(from, to);
}

/** An endpoint of the engine over TLS, with a delay before it, as the real store has both. */
export async function startTlsEndpoint(engine: URL, directory: string): Promise<TlsEndpoint> {
  const { key, certificate } = selfSigned();
  const certificateFile = join(directory, 'certificate.pem');
  writeFileSync(certificateFile, certificate);
  const secure = createTlsServer({ key, cert: certificate, noDelay: true }, (client) => {
    const store = connect({ port: Number(engine.port), host: engine.hostname, noDelay: true });
    client.pipe(store).pipe(client);
    bound(client, store);
  });
  const securePort = await listening(secure);
  const late = createServer({ noDelay: true }, (client) =>
    passOnLate(client, connect({ port: securePort, host: '127.0.0.1', noDelay: true })),
  );
  const port = await listening(late);
  return {
    environment: { AWS_ENDPOINT_URL_DYNAMODB: `https://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: certificateFile },
    stop: () => {
      late.close();
      secure.close();
    },
  };
}
