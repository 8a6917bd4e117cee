import { isJsonObject, parseJson } from '../../../functions/shared/domain/values/json.ts';
import { UsageError } from '../../usage-error.ts';

/** The parameters of the hashes of one Firebase project. */
export interface FirebaseHashing {
  /** Base64. A secret. */
  readonly signerKey: string;
  /** Base64. */
  readonly saltSeparator: string;
  readonly rounds: number;
  /** To the base of 2. */
  readonly memCost: number;
}

const NAMES = ['base64_signer_key', 'base64_salt_separator', 'rounds', 'mem_cost'] as const;

function parametersIn(text: string): ReadonlyMap<string, string> {
  const json = parseJson(text);
  const outer = isJsonObject(json) ? json : {};
  const inner = isJsonObject(outer.hash_config) ? outer.hash_config : outer;
  const ofJson = Object.entries(inner).map(([name, value]): [string, string] => [name, String(value)]);
  const ofText = [...text.matchAll(/^[ \t]*(?:"|')?(\w+)(?:"|')?[ \t]*[:=][ \t]*(?:"|')?([\w+/=-]+)/gm)];
  return new Map(isJsonObject(json) ? ofJson : ofText.map(([, name = '', value = '']) => [name, value]));
}

/** Reads what the console shows as "password hash parameters", or an object of JSON with the same names. Throws a `UsageError`, never with a key in it. */
export function readFirebaseKeys(text: string): FirebaseHashing {
  const found = parametersIn(text);
  const missing = NAMES.filter((name) => !found.has(name));
  if (missing.length > 0)
    throw new UsageError(
      `The file of --firebase-keys has no ${missing.join(', ')}: give it what Firebase's console shows as "password hash parameters"`,
    );
  const algorithm = found.get('algorithm') ?? 'SCRYPT';
  if (algorithm !== 'SCRYPT') throw new UsageError('The file of --firebase-keys is of another algorithm than SCRYPT');
  const [signerKey = '', saltSeparator = '', rounds = '', memCost = ''] = NAMES.map((name) => found.get(name) ?? '');
  if (!/^[1-9]\d{0,3}$/.test(rounds) || !/^[1-9]\d?$/.test(memCost))
    throw new UsageError('In the file of --firebase-keys, rounds or mem_cost is no whole number');
  if (![signerKey, saltSeparator].every((key) => /^[A-Za-z0-9+/]+={0,2}$/.test(key)))
    throw new UsageError('In the file of --firebase-keys, base64_signer_key or base64_salt_separator is no base64');
  return { signerKey, saltSeparator, rounds: Number(rounds), memCost: Number(memCost) };
}
