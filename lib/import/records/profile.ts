import { storable } from '../../../functions/shared/domain/profile/attributes.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { isUsername, USERNAME_LIMIT_BYTES } from '../../../functions/shared/domain/profile/username.ts';
import { requireStorableAttributeName } from '../../../functions/shared/domain/tenant/attribute-definitions.ts';
import { isEmailAddress, isIndexable } from '../../../functions/shared/domain/values/email-address.ts';
import { requireStorable } from '../../../functions/shared/domain/values/json.ts';
import type { Attributes } from '../../../functions/shared/domain/values/json-text.ts';
import { isObjectId, madeAtMsOf } from '../../../functions/shared/domain/values/object-id.ts';
import type { Fields } from './fields.ts';
import { passwordHashIn } from './password.ts';

/** What a document says of a profile as it is shown. */
type Told = Pick<
  Profile,
  'tenant' | 'username' | 'email' | 'verified' | 'enabled' | 'createdAtMs' | 'lastModifiedMs' | 'roles' | 'attributes'
>;

/** A profile as a document says it is, whatever the tenant. */
export interface ProfileRecord extends Told {
  /** Undefined: it has none of its own, and is known by its login. */
  readonly id: string | undefined;
  /** An `_id` that is no ObjectId, in place of which it gets a new one. */
  readonly oldId: string | undefined;
  readonly passwordHash: string | undefined;
  readonly failedLoginAttempts: number;
  readonly lastFailedLoginMs: number | undefined;
}

/** How records of profiles are read. */
export interface ProfileReading {
  readonly nowMs: number;
  /** Takes profiles whose `_id` is no ObjectId, under new ones. */
  readonly newIds: boolean;
}

function idIn(fields: Fields, { newIds }: ProfileReading): Pick<ProfileRecord, 'id' | 'oldId'> {
  const value = fields.value('_id');
  if (value === undefined) return { id: undefined, oldId: undefined };
  if (typeof value === 'string' && isObjectId(value)) return { id: value.toLowerCase(), oldId: undefined };
  if (!newIds) return fields.reject('_id', 'is no ObjectId: --new-ids takes such profiles under new ids');
  return { id: undefined, oldId: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** Which the store's own form of `__proto__` would meet. */
const RESERVED = '.__proto__';

/** Those that an export of our own keeps apart. */
const textsIn = (fields: Fields) =>
  fields
    .objects('attributeTexts')
    .map((one) => [one.text('name') ?? one.reject('name', 'is missing'), one.json('text') ?? null] as const);

function attributesIn(fields: Fields): Attributes {
  const object = Object.fromEntries([...Object.entries(fields.object('attributes') ?? {}), ...textsIn(fields)]);
  requireStorable(object, 'An attribute');
  const kept = Object.entries(object).filter(([name]) => {
    if (name === '' || name === RESERVED) {
      fields.tell('an attribute whose name no store can hold was left out', 'attributes');
      return false;
    }
    if (name.includes('.') || name.startsWith('$') || name === '__proto__')
      fields.tell('an attribute that no tenant can define is stored, hidden', 'attributes');
    requireStorableAttributeName(name);
    return true;
  });
  return storable(new Map(kept));
}

/** As it is, whatever it is; null where it is null or missing. */
function emailIn(fields: Fields): string | null {
  const email = fields.text('email') ?? null;
  if (email !== null && !isIndexable(email)) return fields.reject('email', 'is longer than 2,000 bytes');
  if (email === null || !isEmailAddress(email))
    fields.tell('an e-mail address is none, or missing: no password can be reset by it', 'email');
  return email;
}

function usernameIn(fields: Fields): string {
  const username = fields.text('username') ?? '';
  if (username === '') return fields.reject('username', 'is missing or empty');
  if (!isUsername(username)) return fields.reject('username', `is longer than ${USERNAME_LIMIT_BYTES} bytes`);
  return username;
}

function failuresIn(fields: Fields): number {
  const failures = fields.wholeNumber('failedLoginAttempts') ?? 0;
  if (failures < 0) fields.tell('a negative number of failed sign-ins became 0', 'failedLoginAttempts');
  return Math.max(0, failures);
}

/** A stored profile (contract 8.2). Throws a `Rejected`, or an `ApiError` for what the store cannot hold. */
export function profileRecord(fields: Fields, reading: ProfileReading): ProfileRecord {
  const { nowMs } = reading;
  const ids = idIn(fields, reading);
  const createdAtMs = fields.dateMs('createdOn', nowMs) ?? (ids.id === undefined ? nowMs : madeAtMsOf(ids.id));
  return {
    ...ids,
    username: usernameIn(fields),
    tenant: fields.text('tenant') ?? fields.reject('tenant', 'is missing'),
    email: emailIn(fields),
    verified: fields.flag('verified') ?? false,
    enabled: fields.flag('enabled') ?? false,
    createdAtMs,
    lastModifiedMs: fields.dateMs('lastModified', nowMs) ?? createdAtMs,
    roles: [...new Set(fields.texts('roles') ?? [])],
    attributes: attributesIn(fields),
    passwordHash: passwordHashIn(fields),
    failedLoginAttempts: failuresIn(fields),
    lastFailedLoginMs: fields.dateMs('lastFailedLogin', nowMs),
  };
}
