import { isJsonObject, type JsonObject, type JsonValue } from '../../../functions/shared/domain/values/json.ts';
import type { Fields } from '../records/fields.ts';
import { noPassword, phcText } from './password-text.ts';
import { objectIn, textAt } from './values.ts';

const digests = new Map([
  ['pbkdf2', 'sha1'],
  ['pbkdf2-sha1', 'sha1'],
  ['pbkdf2-sha256', 'sha256'],
  ['pbkdf2-sha512', 'sha512'],
]);

const versions = new Map([
  ['1.3', 19],
  ['1.0', 16],
]);

/** A number, or the only text of a list. */
function parameterAt(object: JsonObject, name: string): string | undefined {
  const value: JsonValue = (Object.hasOwn(object, name) ? object[name] : undefined) ?? null;
  const [single] = Array.isArray(value) ? value : [value];
  return typeof single === 'number' || typeof single === 'string' ? String(single) : undefined;
}

/** Algorithm and cost as the head of a PHC text; undefined for an unknown kind. Numbers that are none make a text that no check takes. */
function kindOf(data: JsonObject): string | undefined {
  const algorithm = textAt(data, 'algorithm') ?? '';
  const iterations = parameterAt(data, 'hashIterations');
  const digest = digests.get(algorithm);
  if (digest !== undefined) return `pbkdf2-${digest}$i=${iterations}`;
  const more = isJsonObject(data.additionalParameters) ? data.additionalParameters : {};
  const type = parameterAt(more, 'type') ?? 'id';
  const version = versions.get(parameterAt(more, 'version') ?? '1.3');
  if (algorithm !== 'argon2' || version === undefined) return undefined;
  const [memory, lanes] = [parameterAt(more, 'memory'), parameterAt(more, 'parallelism')];
  return `argon2${type}$v=${version}$m=${memory},t=${iterations},p=${lanes}`;
}

/** The password among the credentials of a user, as servers of all ages write it. */
export function keycloakPassword(fields: Fields): string | undefined {
  const credential = fields.objects('credentials').find((one) => one.text('type') === 'password');
  if (credential === undefined) return noPassword(fields, 'none', 'credentials');
  if (credential.has('value')) return noPassword(credential, 'clear', 'value');
  const isOld = credential.has('hashedSaltedValue');
  const secret = objectIn(credential, 'secretData');
  const [salt, tag] = isOld
    ? [credential.text('salt'), credential.text('hashedSaltedValue')]
    : [textAt(secret, 'salt'), textAt(secret, 'value')];
  const data: JsonObject = isOld
    ? { algorithm: credential.value('algorithm') ?? null, hashIterations: credential.value('hashIterations') ?? null }
    : objectIn(credential, 'credentialData');
  const kind = kindOf(data);
  const text = kind && phcText(kind, salt, tag);
  return text ?? noPassword(fields, 'unknown', 'credentials');
}
