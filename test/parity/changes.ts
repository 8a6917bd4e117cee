import { isJsonObject, type JsonValue } from '../../functions/shared/domain/values/json.ts';
import { type Answer, recordedAs } from './exchanges.ts';

/** What ours answers instead, from what was recorded. */
export type Change = (recorded: Answer) => Answer;

const jsonType = 'application/json;charset=UTF-8';

export const json = (body: JsonValue, status = 200): Answer => ({
  status,
  contentType: jsonType,
  allow: undefined,
  body,
});

export const empty: Answer = { status: 200, contentType: undefined, allow: undefined, body: undefined };

export const errorAnswer = (status: number, errorCode: string, allow?: string): Answer => ({
  ...json({ errorCode, message: '(text)' }, status),
  allow,
});

/** An error, for example `'404 NO_SUCH_PROFILE'`; 405 with the methods that it allows: `'405 OTHER GET'`. */
export function errorOf(text: string): Answer {
  const [status, errorCode = '', allow] = text.split(' ');
  return errorAnswer(Number(status), errorCode, allow);
}

export const becomes =
  (text: string): Change =>
  () =>
    errorOf(text);

/** The same as in another exchange. */
export const asIn =
  (name: string): Change =>
  () =>
    recordedAs(name);

/** Rewrites every object in a body. */
function rewrite(value: JsonValue, edit: (key: string, value: JsonValue) => JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return value.map((element) => rewrite(element, edit));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const edited = edit(key, rewrite(inner, edit));
      return edited === undefined ? [] : [[key, edited]];
    }),
  );
}

export const changeBody =
  (change: (body: JsonValue) => JsonValue): Change =>
  (recorded) =>
    recorded.body === undefined ? recorded : { ...recorded, body: change(recorded.body) };

export const withoutTrueCleansing = (body: JsonValue): JsonValue =>
  rewrite(body, (key, value) => (key === 'cleanseAttributes' && value === true ? undefined : value));

export const permissionsAsList = (body: JsonValue): JsonValue =>
  rewrite(body, (key, value) => (key === 'tenantPermissions' && value === null ? [] : value));

/** Only these attributes. */
export const onlyAttributes =
  (...names: readonly string[]) =>
  (body: JsonValue): JsonValue =>
    rewrite(body, (key, value) =>
      key === 'attributes' && isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)))
        : value,
    );

/** A list without those of its objects whose field has such a value. */
export const without =
  (field: string, ...values: readonly JsonValue[]) =>
  (body: JsonValue): JsonValue =>
    Array.isArray(body)
      ? body.filter((element) => !isJsonObject(element) || !values.includes(element[field] ?? null))
      : body;

/** An object with other values under its keys. */
export const mapValues = (body: JsonValue, change: () => JsonValue): JsonValue =>
  isJsonObject(body) ? Object.fromEntries(Object.keys(body).map((key) => [key, change()])) : body;
