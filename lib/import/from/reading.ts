import type { FirebaseHashing } from './firebase-keys.ts';

/** What reading a user needs beside the user. */
export interface Reading {
  readonly nowMs: number;
  /** What the hashes of a Firebase project are made with, where that was given. */
  readonly firebase: FirebaseHashing | undefined;
  /** Of Keycloak: the roles that a group gives, by its path. */
  readonly groupRoles: ReadonlyMap<string, readonly string[]>;
  /** Of Auth0: the hash of a user in another file. */
  passwordOf(id: string): string | undefined;
  /** Of Auth0: whether a user has a document that is more than a hash. */
  isUser(id: string): boolean;
}
