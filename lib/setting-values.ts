import { type SettingName, settingTable } from '../functions/shared/config/settings.ts';

/** Settings as the text of their variables; one that is absent leaves the functions to their own fallback. */
export type SettingValues = { readonly [Name in SettingName]?: string };

const settingNames = Object.keys(settingTable).filter((name): name is SettingName => name in settingTable);

type Read = <Value>(key: string, parse: (text: string) => Value, fallback: Value) => Value;

/** Every setting that the context gives, checked by the setting's own `read` but passed on as written. */
export function contextSettings(read: Read): SettingValues {
  const values: { [Name in SettingName]?: string } = {};
  for (const name of settingNames) {
    const setting = settingTable[name];
    if (!('context' in setting)) continue;
    const check = (given: string) => {
      setting.read(given);
      return given;
    };
    const text = read<string | undefined>(setting.context, check, undefined);
    if (text !== undefined) values[name] = text;
  }
  return values;
}

/** The environment of a function: the variables of these settings, as far as the stack has a value. */
export function environmentOf(names: readonly SettingName[], values: SettingValues): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of names) {
    const value = values[name];
    if (value !== undefined) variables[settingTable[name].variable] = value;
  }
  return variables;
}
