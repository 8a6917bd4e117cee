import { type Options, optionKeys, requireStage } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import { type StageValues, stageFile } from './stage-file.ts';
import { stageOptions } from './stage-settings.ts';

/** What a synthesis works with. */
export interface Synthesis {
  readonly options: Options;
  /** The stacks, by their part of the name, whose first deployment has not succeeded yet. */
  readonly unprotected: readonly string[];
}

function refuseValues(stage: string, keys: readonly string[]): void {
  const [first] = keys;
  if (first === undefined) return;
  throw new UsageError(
    `CDK context: the settings of a stage stand in its file: write ${keys.join(', ')} into ${stageFile(stage)}, as "npm run deploy -- --stage ${stage} -c ${first}=…" does; -c once=true takes them from the context, for this once`,
  );
}

/**
 * The options of the stage that the CDK context names, from its file. Other values of the context count with `once` only, which every later deployment
 * would forget. Throws a `UsageError`.
 */
export function contextOptions(context: (key: string) => unknown): Synthesis {
  const stage = requireStage(context('stage'), 'CDK context: ');
  const given = optionKeys().filter((key) => context(key) !== undefined);
  const once = String(context('once') ?? 'false');
  if (once !== 'true') refuseValues(stage, given);
  const values: StageValues = Object.fromEntries(given.map((key) => [key, context(key)]));
  const unprotected = String(context('unprotected') ?? '').split(',');
  return { options: stageOptions(stage, values), unprotected };
}
