import { gzipSync } from 'node:zlib';
import type { ApiRequest } from './local-api.ts';

/** Of one pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const pngMd5 = 'f829b914fc47cfc9c0747c119c27cf1b';
export const gif = Buffer.from('GIF89a, and so on');
export const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
export const svgz = gzipSync(svg);

/** A multipart body as a browser sends it. */
export function formOf(
  file: { readonly fileName: string; readonly bytes: Uint8Array } | undefined,
  texts: Readonly<Record<string, string>> = {},
): ApiRequest {
  const form = new FormData();
  for (const [name, value] of Object.entries(texts)) form.append(name, value);
  if (file) form.append('attachment', new Blob([new Uint8Array(file.bytes)]), file.fileName);
  return { body: form };
}
