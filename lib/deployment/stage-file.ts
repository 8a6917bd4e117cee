import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { didYouMean } from '../nearest.ts';
import { optionKeys } from '../options.ts';
import { codeOf, messageOf } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';

/** What stands in a stage's file, by the keys of the options; a value may be text, a number or a boolean. */
export type StageValues = Readonly<Record<string, unknown>>;

/** Every file may name it, so that editors know the keys. */
const SCHEMA_KEY = '$schema';
/** What `admin restore` writes; no setting. */
export const RESTORED_KEY = 'restored';
export const STAGES = 'stages';
export const SCHEMA_FILE = 'stage.schema.json';

/** The file of a stage's settings, from the project's directory. */
export const stageFile = (stage: string): string => `${STAGES}/${stage}.json`;

const contents = z.record(z.string(), z.unknown());

function unknownKeys(values: StageValues): readonly string[] {
  const known = optionKeys();
  return Object.keys(values)
    .filter((key) => !known.includes(key))
    .map((key) => `there is no setting ${JSON.stringify(key)}${didYouMean(key, known)}`);
}

function parsed(file: string, text: string): StageValues {
  try {
    return z.parse(contents, JSON.parse(text));
  } catch (fault) {
    const why = fault instanceof SyntaxError ? messageOf(fault) : 'it holds no object';
    throw new UsageError(`${file} is no JSON file of settings: ${why}`);
  }
}

/** All that a stage's file holds; undefined where there is none. Throws a `UsageError` for what is no such file. */
export function readWhole(stage: string): StageValues | undefined {
  const file = stageFile(stage);
  try {
    return parsed(file, readFileSync(file, 'utf8'));
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return undefined;
    throw fault;
  }
}

/** The settings of a stage; none where it has no file. Throws a `UsageError` for what is no such file, and for keys that are no settings. */
export function readStageFile(stage: string): StageValues {
  const { [SCHEMA_KEY]: _schema, [RESTORED_KEY]: _restored, ...values } = readWhole(stage) ?? {};
  const faults = unknownKeys(values);
  if (faults.length > 0) throw new UsageError(`${stageFile(stage)}: ${faults.join('; ')}`);
  return values;
}

/** Puts values into a stage's file, which is made where there is none; what else it holds stays as it is, and a value that is undefined is taken out. */
export function writeStageValues(stage: string, values: StageValues): void {
  const file = stageFile(stage);
  const whole = { [SCHEMA_KEY]: `./${SCHEMA_FILE}`, ...readWhole(stage), ...values };
  // A command that is stopped half way must not leave half a file.
  writeFileSync(`${file}.new`, `${JSON.stringify(whole, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
