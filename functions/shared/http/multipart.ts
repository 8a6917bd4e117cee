import { headerTextOf } from './utf8.ts';

/** One part of a multipart body. */
export interface Part {
  readonly name: string;
  /** As the client gave it; undefined makes the part a text. */
  readonly fileName: string | undefined;
  readonly bytes: Buffer;
}

/** In characters (RFC 2046, 5.1.1). */
export const BOUNDARY_LIMIT = 70;
/** How many parts a body may have (contract 9.1 #54). */
export const PARTS_LIMIT = 1_000;
const HEADERS_LIMIT_BYTES = 16 * 1024;
const LINE_END = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');

/** `; name=value` and `; name="value"`, in which `\"` is a quote. No two ways to match a text: matching takes linear time. */
const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

/** The parameters of a header's value by name in lower case; of several of one name the first. */
function parametersOf(header: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, token] of header.matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(["\\])/g, '$1') ?? token ?? '');
  }
  return parameters;
}

/** The value of a `filename*` (RFC 5987); undefined where it cannot be read. */
function extended(value: string | undefined): string | undefined {
  const [, charset, encoded] = /^([\w-]+)'[^']*'(.*)$/.exec(value ?? '') ?? [];
  if (charset?.toLowerCase() !== 'utf-8' || encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

/** The part of these headers; undefined where it has no name, which makes it nobody's. */
function partOf(headers: string, bytes: Buffer): Part | undefined {
  const lines = headers.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const disposition = lines.find((line) => /^content-disposition\s*:\s*form-data\b/i.test(line));
  const parameters = parametersOf(disposition ?? '');
  const name = parameters.get('name');
  if (name === undefined) return undefined;
  // Browsers write a quote as `%22`.
  const plain = parameters.get('filename')?.replaceAll('%22', '"') ?? (parameters.has('filename*') ? '' : undefined);
  return { name, fileName: extended(parameters.get('filename*')) ?? plain, bytes };
}

/** What the content type says that stands between the parts. */
export const boundaryOf = (contentType: string): string | undefined => parametersOf(contentType).get('boundary');

/**
 * The parts of a `multipart/form-data` body (RFC 7578) in their order; undefined where it is none, or cut off. Of more parts than are allowed it
 * reads one more, so that it can be told. One pass: a delimiter is short, and no byte is looked for twice. Own code, because the platform's parser
 * refuses on some releases of the runtime what clients send (unquoted names, `filename*`), and a library is a tenth of a function's bundle.
 */
export function partsOf(body: Buffer, boundary: string | undefined): readonly Part[] | undefined {
  if (!boundary || boundary.length > BOUNDARY_LIMIT) return undefined;
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: Part[] = [];
  // The first delimiter may stand at the very start, where the line end before it is missing.
  const first = delimiter.subarray(LINE_END.length);
  let at = body.subarray(0, first.length).equals(first) ? -LINE_END.length : body.indexOf(delimiter);
  if (at === -1) return undefined;
  for (;;) {
    const lineAt = at + delimiter.length;
    if (body.toString('latin1', lineAt, lineAt + 2) === '--') return parts;
    const headersAt = body.indexOf(LINE_END, lineAt);
    const bytesAt = body.indexOf(HEADERS_END, headersAt) + HEADERS_END.length;
    at = body.indexOf(delimiter, bytesAt - LINE_END.length);
    const isWhole = headersAt >= lineAt && bytesAt > headersAt && at !== -1;
    if (!isWhole || bytesAt - headersAt > HEADERS_LIMIT_BYTES) return undefined;
    if (body.toString('latin1', lineAt, headersAt).trim() !== '') return undefined;
    const part = partOf(headerTextOf(body.subarray(headersAt, bytesAt)), body.subarray(bytesAt, Math.max(at, bytesAt)));
    if (part !== undefined) parts.push(part);
    if (parts.length > PARTS_LIMIT) return parts;
  }
}
