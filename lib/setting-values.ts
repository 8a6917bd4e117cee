import { type SettingName, settingTable } from '../functions/shared/config/settings.ts';
import { UsageError } from './usage-error.ts';

/** Settings as the text of their variables; one that is absent leaves the functions to their own fallback. */
export type SettingValues = { readonly [Name in SettingName]?: string };

const settingNames = Object.keys(settingTable).filter((name): name is SettingName => name in settingTable);

/** Whoever has put the token itself where its hash belongs must not read it in a log. */
const hidden: readonly string[] = ['managementTokenSha256', settingTable.managementTokenSha256.variable];
const LONGEST = 80;

/** A value as a message has it: `name=value`, in one line. */
export function shown(name: string, value: unknown): string {
  if (hidden.includes(name)) return `${name} (${String(value).length} characters, not shown)`;
  if (typeof value === 'object') return name;
  const text = String(value);
  const plain = /^[\w./:@,+-]+$/.test(text) ? text : JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return `${name}=${plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain}`;
}

/** What is wrong with the settings of an environment, a line each: variable, value and what is allowed. What is not given is not wrong. */
export function settingFaults(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return settingNames.flatMap((name) => {
    const { variable, read } = settingTable[name];
    const value = environment[variable];
    if (value === undefined) return [];
    try {
      read(value);
      return [];
    } catch (fault) {
      return [`${shown(variable, value)} ${fault instanceof Error ? fault.message : 'cannot be read'}`];
    }
  });
}

/** Throws a `UsageError` that names every setting of this process that is not allowed. */
export function requireSettings(): void {
  const faults = settingFaults(process.env);
  if (faults.length > 0) throw new UsageError(`Settings that cannot be used:\n  ${faults.join('\n  ')}`);
}

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
