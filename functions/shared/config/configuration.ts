import { type SettingName, type Settings, settingTable } from './settings.ts';

/** A fault of the installation. Its message names variables and never their values: it may be logged. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

type Environment = Readonly<Record<string, string | undefined>>;

function readSetting<Name extends SettingName>(name: Name, environment: Environment): Settings[Name] | undefined;
function readSetting(name: SettingName, environment: Environment) {
  const setting = settingTable[name];
  const value = environment[setting.variable] ?? ('fallback' in setting ? setting.fallback : undefined);
  if (value === undefined) throw new Error('is missing');
  return setting.read(value);
}

/** Says of every named setting at once what is wrong with its environment variable. */
export function checkConfiguration(names: readonly SettingName[], environment: Environment = process.env): void {
  const faults = names.flatMap((name) => {
    try {
      readSetting(name, environment);
      return [];
    } catch (fault) {
      return [`${settingTable[name].variable} ${fault instanceof Error ? fault.message : 'cannot be read'}`];
    }
  });
  if (faults.length > 0) throw new ConfigurationError(`Configuration: ${faults.join('; ')}`);
}

/** The value of a setting, read from the environment at every use: tests and local runs change it at will. */
export function setting<Name extends SettingName>(name: Name): Settings[Name] {
  const value = readSetting(name, process.env);
  if (value === undefined) throw new ConfigurationError(`${settingTable[name].variable} is missing`);
  return value;
}
