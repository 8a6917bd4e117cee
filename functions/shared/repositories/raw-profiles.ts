import type { Profile } from '../domain/profile/profile.ts';
import type { Credentials } from '../domain/sign-in/credentials.ts';
import { type Attributes, JsonText } from '../domain/values/json-text.ts';
import type { RawItem, RawValue } from './dynamodb/raw-answers.ts';
import { nameOfStored } from './stored-names.ts';

function unreadable(field: string): never {
  throw new Error(`Field "${field}" of a stored profile cannot be read`);
}

/** The fields of an item, each of the one kind that it has to be of. */
class Fields {
  readonly #item: RawItem;

  constructor(item: RawItem) {
    this.#item = item;
  }

  #value<Value>(field: string, read: (value: RawValue) => Value | undefined): Value {
    const value = this.#item[field];
    return (value && read(value)) ?? unreadable(field);
  }

  text(field: string): string {
    return this.#value(field, ({ S }) => S);
  }

  optionalText(field: string): string | undefined {
    return this.#item[field] === undefined ? undefined : this.text(field);
  }

  /** Of a field that is left out where it is null. */
  textOrNull(field: string): string | null {
    return this.optionalText(field) ?? null;
  }

  flag(field: string): boolean {
    return this.#value(field, ({ BOOL }) => BOOL);
  }

  number(field: string): number {
    return this.#value(field, ({ N }) => (N === undefined ? N : Number(N)));
  }

  /** Of a field that older items lack. */
  optionalNumber(field: string): number | undefined {
    return this.#item[field] === undefined ? undefined : this.number(field);
  }

  texts(field: string): readonly string[] {
    return this.#item[field] === undefined ? [] : this.#value(field, ({ SS }) => SS);
  }

  attributes(field: string): Attributes {
    const attributes = new Map<string, JsonText>();
    const texts = this.#value(field, ({ M }) => M);
    for (const stored in texts)
      attributes.set(nameOfStored(stored), new JsonText(texts[stored]?.S ?? unreadable(field)));
    return attributes;
  }
}

/**
 * A stored profile as the store writes it, or undefined where its key holds a tombstone: what `profileOf` makes of the same item, without
 * what the SDK and a schema take for each, for whoever reads thousands.
 */
export function profileOfRaw(item: RawItem): Profile | undefined {
  if (item.deletedAtMs !== undefined) return undefined;
  const fields = new Fields(item);
  const profile: { readonly [Field in keyof Profile]-?: Profile[Field] } = {
    id: fields.text('id'),
    tenant: fields.text('tenant'),
    tenantId: fields.text('tenantId'),
    username: fields.text('username'),
    email: fields.textOrNull('email'),
    verified: fields.flag('verified'),
    enabled: fields.flag('enabled'),
    createdAtMs: fields.number('createdAtMs'),
    lastModifiedMs: fields.number('lastModifiedMs'),
    appliedVersion: fields.number('appliedVersion'),
    credentialEpoch: fields.number('credentialEpoch'),
    disableEpoch: fields.number('disableEpoch'),
    emailEpoch: fields.optionalNumber('emailEpoch') ?? 0,
    revision: fields.optionalNumber('revision') ?? 0,
    shard: fields.optionalNumber('shard'),
    mailRefusedAtMs: fields.optionalNumber('mailRefusedAtMs'),
    roles: fields.texts('roles'),
    attributes: fields.attributes('attributes'),
  };
  return profile;
}

/** The stored credentials of a profile as the store writes them: what `credentialsOf` makes of the same item. */
export function credentialsOfRaw(item: RawItem): Credentials {
  const fields = new Fields(item);
  const credentials: { readonly [Field in keyof Credentials]-?: Credentials[Field] } = {
    profileId: fields.text('profileId'),
    passwordHash: fields.optionalText('passwordHash'),
    credentialEpoch: fields.number('credentialEpoch'),
    failedLoginAttempts: fields.number('failedLoginAttempts'),
    lastFailedLoginMs: fields.optionalNumber('lastFailedLoginMs'),
  };
  return credentials;
}
