import { request as httpRequest } from 'node:http';
import { type Answer, answerOf, type RecordedRequest } from './exchanges.ts';

/** The one upload that was too large to be kept: its size in bytes is what counts. */
const LARGE_UPLOAD_BYTES = 5_300_206;

function largeUpload(): Buffer {
  const head = Buffer.from(
    '------golden7d1\r\nContent-Disposition: form-data; name="attachment"; filename="big.png"\r\nContent-Type: image/png\r\n\r\n',
  );
  const tail = Buffer.from('\r\n------golden7d1--\r\n');
  return Buffer.concat([head, Buffer.alloc(LARGE_UPLOAD_BYTES - head.length - tail.length), tail]);
}

function bodyOf({ body, bodyBase64, bodyNote }: RecordedRequest): Buffer {
  if (bodyNote !== undefined) return largeUpload();
  return bodyBase64 === undefined ? Buffer.from(body ?? '') : Buffer.from(bodyBase64, 'base64');
}

/** Sends a request as it was recorded, byte for byte: no client in between that would tidy up its path, query or headers. */
export function send(origin: string, contextPath: string, request: RecordedRequest): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const body = bodyOf(request);
  const hasBody = body.length > 0 || request.method === 'POST';
  return new Promise((resolve, reject) => {
    const sent = httpRequest({
      hostname,
      port,
      method: request.method,
      path: `${contextPath}${request.path}${request.query === '' ? '' : `?${request.query}`}`,
      headers: { ...request.headers, ...(hasBody ? { 'content-length': body.length } : {}) },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { 'content-type': contentType, allow } = response.headers;
        const headers = { 'content-type': contentType, allow };
        resolve(answerOf(response.statusCode ?? 0, headers, Buffer.concat(chunks)));
      });
    });
    sent.end(body);
  });
}
