import { faultText } from './setting-readers.ts';
import { type SettingName, type Settings, settingTable } from './settings.ts';

/** A fault of the installation. Its message names variables and never their values: it may be logged. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

type Environment = Readonly<Record<string, string | undefined>>;

const faultOf = (name: SettingName, fault: unknown) => `${settingTable[name].variable} ${faultText(fault)}`;

function readSetting(name: SettingName, environment: Environment) {
  const setting = settingTable[name];
  const value = environment[setting.variable] ?? ('fallback' in setting ? setting.fallback : undefined);
  if (value === undefined) throw new Error('is missing');
  return setting.read(value);
}

/** What has been read of the environment, by the list of names. */
let known = new WeakMap<readonly SettingName[], Settings>();

/** Has every setting read anew: for tests and local runs, which change the environment at will. */
export function forgetSettings(): void {
  known = new WeakMap();
}

/**
 * The values of the named settings, read and checked once in the life of a sandbox for each list of names. Throws a `ConfigurationError` that says
 * of every one at once what is wrong with its environment variable.
 */
export function readSettings<Name extends SettingName>(names: readonly Name[]): Pick<Settings, Name>;
export function readSettings(names: readonly SettingName[]) {
  const before = known.get(names);
  if (before !== undefined) return before;
  const faults: string[] = [];
  const entries = names.map((name) => {
    try {
      return [name, readSetting(name, process.env)];
    } catch (fault) {
      faults.push(faultOf(name, fault));
      return [name, undefined];
    }
  });
  if (faults.length > 0) throw new ConfigurationError(`Configuration: ${faults.join('; ')}`);
  const values = Object.fromEntries(entries);
  known.set(names, values);
  return values;
}

/** The value of a setting, read from the environment at every use: tests and local runs change it at will. Throws a `ConfigurationError`. */
export function setting<Name extends SettingName>(name: Name): Settings[Name];
export function setting(name: SettingName) {
  try {
    return readSetting(name, process.env);
  } catch (fault) {
    throw new ConfigurationError(faultOf(name, fault));
  }
}
