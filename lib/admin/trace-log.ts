import { bundleNames } from '../build/bundle.ts';
import { functionNamed, functionOfStream } from '../function-names.ts';

/** A place in a bundle, as a stack names it; line and column count from 1. */
export interface Frame {
  readonly isAsync: boolean;
  /** What stands before `index.mjs`, for example `/var/task`. */
  readonly directory: string;
  readonly line: number;
  readonly column: number;
}

/** What a line of the log says of the function that wrote it. */
export interface Origin {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
}

const frame =
  /\bat (async )?(?:[^\s()"\\]{1,200}(?: [^\s()"\\]{1,200}){0,4} \()?(?:file:\/\/)?((?:\/[^\s()"'\\:]*)?)\/index\.mjs:(\d{1,9}):(\d{1,9})\)?/g;

/** The text with each of its frames as `replace` has it; one that it leaves undefined stays as it is. */
export const replaceFrames = (text: string, replace: (frame: Frame) => string | undefined): string =>
  text.replace(
    frame,
    (matched: string, isAsync: string | undefined, directory: string, line: string, column: string) => {
      const found = { isAsync: isAsync !== undefined, directory, line: Number(line), column: Number(column) };
      return replace(found) ?? matched;
    },
  );

/** A path as a stack has it: encoded where it stands in a URL. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** The bundle whose directory it is, and the directory of all bundles; undefined where it is none, as in Lambda. */
export function bundleOf(directory: string): { readonly name: string; readonly outdir: string } | undefined {
  const name = bundleNames().find((each) => directory.endsWith(`/${each}`));
  return name === undefined ? undefined : { name, outdir: decoded(directory.slice(0, -name.length - 1)) };
}

/** Field names and values stand in quotes, escaped ones (exports in CSV or within JSON), or none (tables of the console). */
const between = String.raw`[\\"']*\s*[:=,\t ]\s*[\\"']*`;
const operation = new RegExp(String.raw`\boperation${between}([A-Za-z][\w-]*)`);
const bundle = new RegExp(String.raw`\bbundle${between}([0-9a-f]{12})\b`);

function ownOrigin(line: string): Origin {
  return {
    name: functionNamed(operation.exec(line)?.[1] ?? '') ?? functionOfStream(line),
    id: bundle.exec(line)?.[1],
  };
}

/** The JSON object that a line is, perhaps after a time or the name of a stream; undefined where it is none. */
function objectIn(line: string): { readonly before: string; readonly object: object } | undefined {
  const start = line.indexOf('{');
  if (start < 0) return undefined;
  try {
    const object: object = JSON.parse(line.slice(start));
    return { before: line.slice(0, start), object };
  } catch {
    return undefined;
  }
}

/** A piece of the log to be shown: a line, or several of one JSON object. */
export interface Piece {
  readonly text: string;
  readonly origin: Origin;
}

const only = <Value>(values: readonly Value[]) => (new Set(values).size === 1 ? values[0] : undefined);

/** Where a line comes from that may be one of several of a record, whose other lines name the rest. */
function following(last: Origin, { name, id }: Origin): Origin {
  const sameFunction = name === undefined || name === last.name;
  return { name: name ?? last.name, id: id ?? (sameFunction ? last.id : undefined) };
}

/**
 * The log in pieces, each with where it comes from: it says so itself, or an earlier line does, or the only line that does. A line in JSON that says
 * nothing is one of Lambda's own: of the log's function where there is only one, and not always of the same build.
 */
export function piecesOf(log: string): readonly Piece[] {
  const lines = log.split('\n').map((line) => ({ line, json: objectIn(line), own: ownOrigin(line) }));
  const said = lines.map(({ own }) => own);
  const onlyName = only(said.flatMap(({ name }) => name ?? []));
  let last: Origin = { name: onlyName, id: only(said.flatMap(({ id }) => id ?? [])) };
  return lines.map(({ line, json, own }) => {
    if (json === undefined) {
      last = following(last, own);
      return { text: line, origin: last };
    }
    const text = json.before + JSON.stringify(json.object, null, 2);
    if (own.name === undefined) return { text, origin: { name: onlyName, id: own.id } };
    last = own;
    return { text, origin: own };
  });
}
