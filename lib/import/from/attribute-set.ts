import type { JsonObject, JsonValue } from '../../../functions/shared/domain/values/json.ts';
import type { Fields } from '../records/fields.ts';

/** What the usual attributes of a profile are called elsewhere. */
const usual = new Map([
  ['given_name', 'firstName'],
  ['first_name', 'firstName'],
  ['family_name', 'lastName'],
  ['last_name', 'lastName'],
  ['name', 'displayName'],
  ['full_name', 'displayName'],
  ['display_name', 'displayName'],
  ['picture', 'avatarLink'],
  ['avatar_url', 'avatarLink'],
  ['phone_number', 'phone'],
]);

/** Longer than any name of an attribute that somebody means. */
const MOST_NAME_BYTES = 255;

/** The name as a tenant can define it (contract 6.1.2, 9.1 #54): without dots, commas, blanks around it, or `$` before it. */
export function definableName(name: string): string {
  const plain = name.replace(/[.,]/g, '_').replace(/^[\s$]+|\s+$/g, '');
  if (plain === '') return 'unnamed';
  return plain === '__proto__' ? 'proto' : plain;
}

const odd = {
  long: 'an attribute with a name of more than 255 bytes was left out',
  taken: 'an attribute was left out: its name is taken',
  renamed: 'an attribute got another name: nobody could define the one it had',
  prefixed: 'an attribute got the name of its field before its own, which is taken',
} as const;

const isSame = (a: JsonValue | undefined, b: JsonValue) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Gathers the attributes of one user, so that none takes another one's place: the first of a name has it. What users write of themselves comes after what an administrator or an
 * application writes of them, whose meaning they could take otherwise.
 */
export class AttributeSet {
  readonly #fields: Fields;
  readonly #values = new Map<string, JsonValue>();

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  /** One of the usual attributes; without a value it stays away. */
  set(name: string, value: JsonValue | undefined): this {
    if (value !== undefined && value !== null && value !== '' && !this.#values.has(name)) this.#values.set(name, value);
    return this;
  }

  /** All keys of an object in a field of the user, the usual ones by their names here where `isStandard`. */
  add(field: string, object: JsonObject, { isStandard = false } = {}): this {
    for (const [key, value] of Object.entries(object))
      if (value !== null && value !== '') this.#addOne(field, key, value, isStandard);
    return this;
  }

  #addOne(field: string, key: string, value: JsonValue, isStandard: boolean): void {
    const ownName = definableName(key);
    const usualName = isStandard && typeof value === 'string' ? usual.get(key) : undefined;
    const longName = `${field}_${ownName}`;
    const names = [...(usualName === undefined ? [] : [usualName]), ownName, longName];
    const free = names.find((name) => !this.#values.has(name) || isSame(this.#values.get(name), value));
    if (Buffer.byteLength(key) > MOST_NAME_BYTES) this.#fields.tell(odd.long, field);
    else if (free === undefined) this.#fields.tell(odd.taken, field);
    else {
      if (ownName !== key) this.#fields.tell(odd.renamed, field);
      if (free === longName) this.#fields.tell(odd.prefixed, field);
      this.#values.set(free, value);
    }
  }

  get object(): JsonObject {
    return Object.fromEntries(this.#values);
  }
}
