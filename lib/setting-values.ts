import { faultText } from '../functions/shared/config/setting-readers.ts';
import { type SettingName, settingTable } from '../functions/shared/config/settings.ts';
import { didYouMean } from './nearest.ts';
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
      return [`${shown(variable, value)} ${faultText(fault)}`];
    }
  });
}

const chosen = settingNames.filter((name) => 'context' in settingTable[name]);

/**
 * What `--set NAME=value` means for the environment: the variable of each setting, which may be named as in the context or as its variable; the last
 * value counts. Throws a `UsageError` that names every one that cannot be set.
 */
export function variablesFrom(assignments: readonly string[]): Readonly<Record<string, string>> {
  const faults: string[] = [];
  const entries = assignments.flatMap((assignment): [string, string][] => {
    const [name = '', ...rest] = assignment.split('=');
    const setting = chosen.find((one) => one === name || settingTable[one].variable === name);
    if (setting === undefined) faults.push(`There is no setting ${JSON.stringify(name)}${didYouMean(name, chosen)}`);
    else if (rest.length === 0) faults.push(`--set ${name} has no value: it is --set ${name}=value`);
    else return [[settingTable[setting].variable, rest.join('=')]];
    return [];
  });
  if (faults.length > 0) throw new UsageError(`${faults.join('\n')}\nThe settings are: ${chosen.join(', ')}`);
  return Object.fromEntries(entries);
}

/** The settings of this process that an operator has chosen, by their variables. */
export const chosenVariables = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    chosen.flatMap((name) => {
      const { variable } = settingTable[name];
      const value = process.env[variable];
      return value === undefined ? [] : [[variable, value]];
    }),
  );

/** Throws a `UsageError` that names every setting of this process that is not allowed. */
export function requireSettings(): void {
  const faults = settingFaults(process.env);
  if (faults.length > 0) throw new UsageError(`Settings that cannot be used:\n  ${faults.join('\n  ')}`);
}

/** Reads a value by its key, and notes what is wrong with it. */
export type ReadOption = <Value>(key: string, parse: (text: string) => Value, fallback: Value) => Value;

/** Every setting that the context gives, checked by the setting's own `read` but passed on as written. */
export function contextSettings(read: ReadOption): SettingValues {
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
