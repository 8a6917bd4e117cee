import { KeySet } from '../key-set.ts';
import type { Fields } from '../records/fields.ts';
import { idOfHash } from './auth0.ts';
import { TextsByKey } from './texts-by-key.ts';

/** Two halves of an export that Auth0's support and its users make, brought together by the id of the user. */
export class HashesById {
  readonly #users = new KeySet();
  readonly #hashes = new TextsByKey();

  /** Hears of every document before the first one is asked for. */
  hear(fields: Fields): void {
    const ofHash = idOfHash(fields);
    const hash = fields.value('passwordHash');
    if (ofHash !== undefined && typeof hash === 'string') this.#hashes.set(ofHash, hash);
    const id = fields.value('user_id');
    if (typeof id === 'string') this.#users.add(id);
  }

  isUser(id: string): boolean {
    return this.#users.has(id);
  }

  hashOf(id: string): string | undefined {
    return this.#hashes.get(id);
  }
}
