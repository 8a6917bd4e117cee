/** How far into a drawing its root element may go. */
const ROOT_LIMIT_BYTES = 64 * 1024;

const NAMESPACE = 'http://www.w3.org/2000/svg';

const COMMENT = '<!--(?:[^-]|-(?!->))*-->';
const INSTRUCTION = String.raw`<\?(?:[^?]|\?(?!>))*\?>`;
const TEXT_IN_QUOTES = `"[^"]*"|'[^']*'`;
const SUBSET = String.raw`\[(?:[^\]"'<]|${TEXT_IN_QUOTES}|${COMMENT}|${INSTRUCTION}|<(?!!--|\?))*\]`;
const DOCTYPE = String.raw`<!DOCTYPE(?:[^[\]"'>]|${TEXT_IN_QUOTES}|${SUBSET})*>`;
const PREFIX = String.raw`[\p{L}_][\p{L}\p{M}\p{N}_.\-\u00b7]*`;

/** Up to the name of the root element. No two alternatives match the same text, so that matching takes linear time. */
const root = new RegExp(
  String.raw`^(?:\s|${INSTRUCTION}|${COMMENT}|${DOCTYPE})*<(?:(?<prefix>${PREFIX}):)?svg(?=[\s/>])`,
  'u',
);

/** One attribute after the other. */
const attribute = /\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/guy;

/** Whether the element that these attributes are of binds the prefix to SVG: by name, or by an entity, as drawing programs write it. */
function binds(attributes: string, prefix: string): boolean {
  const declared = [...attributes.matchAll(attribute)].find(([, name]) => name === `xmlns:${prefix}`);
  const value = declared?.[2] ?? declared?.[3] ?? '';
  return value.trim() === NAMESPACE || /^&[^;]+;$/.test(value);
}

/** Whether the bytes are an SVG drawing, by their root element: `svg`, with any prefix that it binds to SVG (contract 9.1 #52). */
export function isDrawing(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, ROOT_LIMIT_BYTES));
  const found = root.exec(text);
  if (found === null) return false;
  const prefix = found.groups?.prefix;
  return prefix === undefined || binds(text.slice(found[0].length), prefix);
}
