import { settingTable } from '../../functions/shared/config/settings.ts';
import { type Options, optionKeys, optionsFrom } from '../options.ts';
import { stageOptionTable } from '../stage-options.ts';
import { readRestored } from './restored-tables.ts';
import { RESTORED_KEY, readStageFile, type StageValues, stageFile } from './stage-file.ts';

/** What `cdk synth` writes where a stage has no sender; `npm run deploy` refuses it. */
export const NO_SENDER = 'sender@invalid';

/** The options of a stage: those of its file, and over them those that are given for once. Throws a `UsageError` that names every fault. */
export function stageOptions(stage: string, once: StageValues = {}): Options {
  const values: StageValues = { ...readStageFile(stage), ...once, stage };
  return optionsFrom((key) => values[key], stageFile(stage));
}

const fallbacks = new Map(
  Object.entries({ ...stageOptionTable, ...settingTable }).map(([key, row]) => [
    key,
    'fallback' in row ? row.fallback : '',
  ]),
);

/** Every setting as it is in effect, as text; what was not given has its default. */
export function settledValues(options: Options): Readonly<Record<string, string>> {
  const { settings, ...others } = options;
  const given = new Map(Object.entries({ ...settings, ...others }));
  return Object.fromEntries(optionKeys().map((key) => [key, String(given.get(key) ?? fallbacks.get(key) ?? '')]));
}

/** What a deployment of these options writes down of itself: every setting in effect, and the moment that its tables came back from. */
export const recordedSettings = (options: Options): Readonly<Record<string, string>> => ({
  ...settledValues(options),
  [RESTORED_KEY]: readRestored(options.stage)?.to ?? '',
});
