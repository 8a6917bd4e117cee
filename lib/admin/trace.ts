import { mapsOf } from '../build/bundle.ts';
import { bundleOf, type Frame, type Origin, piecesOf, replaceFrames } from './trace-log.ts';
import { findMap } from './trace-maps.ts';
import { type Places, placesOf } from './trace-places.ts';

export interface TraceOptions {
  /** The function of a log that does not say it. */
  readonly functionName?: string | undefined;
  /** The only directory of source maps; absent: those of the builds on this machine, or else of this checkout. */
  readonly maps?: string | undefined;
}

/** A log in lines of the sources, and what there is to be said of it, a line each. */
export interface Traced {
  readonly text: string;
  readonly notes: readonly string[];
}

/** Where `npm run deploy` and `npm start` leave their source maps. */
const DIRECTORIES = ['.build/maps', '.local/functions/maps'];
/** Where Lambda has a function's bundle. */
const IN_LAMBDA = '/var/task';

/** A bundle that a frame lies in, and where its source map may be. */
interface Wanted {
  readonly name: string;
  readonly id: string | undefined;
  readonly directories: readonly string[];
}

/** Undefined where the frame lies in no bundle of ours; throws where nothing says in which. */
function wantedFor({ directory }: Frame, { name, id }: Origin, options: TraceOptions): Wanted | undefined {
  const local = bundleOf(directory);
  if (local === undefined && directory !== IN_LAMBDA) return undefined;
  const bundle = local?.name ?? name ?? options.functionName;
  if (bundle === undefined)
    throw new Error(
      'The log does not say which function it is of: give it with the names of its streams, or the function with --function NAME',
    );
  const beside = local === undefined ? [] : [mapsOf(local.outdir)];
  return { name: bundle, id, directories: options.maps === undefined ? [...beside, ...DIRECTORIES] : [options.maps] };
}

/** What turns frames into places: finds each source map once; what stands in the way becomes a note. */
function tracer(options: TraceOptions, notes: Set<string>) {
  const known = new Map<string, Promise<Places>>();
  function placesIn({ name, id, directories }: Wanted): Promise<Places> {
    const key = [name, id, ...directories].join('\n');
    const places =
      known.get(key) ?? findMap({ name, id }, { directories, rebuilds: options.maps === undefined }).then(placesOf);
    known.set(key, places);
    return places;
  }
  return async (frame: Frame, origin: Origin): Promise<string | undefined> => {
    try {
      const wanted = wantedFor(frame, origin, options);
      if (wanted === undefined) return undefined;
      const place = (await placesIn(wanted))(frame.line, frame.column);
      if (place === undefined) notes.add('A frame lies outside of its source map: it stays as it is');
      else if (wanted.id === undefined)
        notes.add(`The log does not name the build of ${wanted.name}: the lines are those of the build at hand`);
      return place && `at ${frame.isAsync ? 'async ' : ''}${place}`;
    } catch (failure) {
      notes.add(failure instanceof Error ? failure.message : String(failure));
      return undefined;
    }
  };
}

function framesIn(text: string): readonly Frame[] {
  const frames: Frame[] = [];
  replaceFrames(text, (frame) => {
    frames.push(frame);
    return undefined;
  });
  return frames;
}

/**
 * Turns every frame of a bundle into a place in the sources; everything else stays as it is, but for line breaks within JSON. Rejects with one
 * line where there is no such frame, or none could be turned.
 */
export async function trace(log: string, options: TraceOptions = {}): Promise<Traced> {
  const notes = new Set<string>();
  const turn = tracer(options, notes);
  const texts: string[] = [];
  let turned = 0;
  for (const { text, origin } of piecesOf(log)) {
    const places: (string | undefined)[] = [];
    for (const frame of framesIn(text)) places.push(await turn(frame, origin));
    turned += places.filter((place) => place !== undefined).length;
    texts.push(replaceFrames(text, () => places.shift()));
  }
  if (turned === 0) throw new Error([...notes][0] ?? 'There is no frame of a function in the log');
  return { text: texts.join('\n'), notes: [...notes] };
}
