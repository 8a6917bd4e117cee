/** The three tables (data model, section 1). */
export type Table = 'profiles' | 'tokens' | 'tickets';

/** The indexes of the Profiles table. */
export type ProfileIndex = 'byTenant' | 'byUsername' | 'byEmail' | 'byEmailOrder';

/** Where items of one kind are: their table, and what their partition keys are or, before a `*`, begin with. */
interface Place {
  readonly table: Table;
  readonly leadingKey: string;
}

/** Every kind of item by its partition; a profile's holds its credentials and attachments, too. */
export const places = {
  tenant: { table: 'profiles', leadingKey: 'TENANT' },
  tenantBody: { table: 'profiles', leadingKey: 'TENANT_BODY' },
  profile: { table: 'profiles', leadingKey: 'PROFILE#*' },
  username: { table: 'profiles', leadingKey: 'LOGIN#*' },
  indexEntry: { table: 'profiles', leadingKey: 'INDEX#*' },
  sweep: { table: 'profiles', leadingKey: 'SWEEP' },
  refusedMail: { table: 'profiles', leadingKey: 'MAIL_REFUSED' },
  hashNote: { table: 'profiles', leadingKey: 'FOREIGN_HASHES' },
  firebaseKeys: { table: 'profiles', leadingKey: 'FIREBASE_KEYS' },
  installation: { table: 'profiles', leadingKey: 'INSTALLATION' },
  accessToken: { table: 'tokens', leadingKey: 'ACCESS_TOKEN' },
  accessTokenBody: { table: 'tokens', leadingKey: 'ACCESS_TOKEN_BODY' },
  verificationToken: { table: 'tokens', leadingKey: 'VERIFICATION#*' },
  auditKey: { table: 'tokens', leadingKey: 'AUDIT_KEY' },
  ticket: { table: 'tickets', leadingKey: 'TICKET#*' },
  persistentLogin: { table: 'tickets', leadingKey: 'PERSISTENT_LOGIN#*' },
} as const satisfies Record<string, Place>;

/** A kind of item. */
export type Kind = keyof typeof places;

/** `Get`: by its key, alone or in one call with what else is read beside it. */
type ItemVerb = 'Get' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';
type ObjectVerb = 'GetObject' | 'PutObject' | 'DeleteObjects' | 'ListObjects';

/** What the store, the bucket or the mail service is called for; a transaction counts as each of its parts. */
export type Call = `${ItemVerb} ${Kind}` | `Query ${ProfileIndex}` | `${ObjectVerb} attachment` | 'SendEmail';

/**
 * The calls of each intent of a module, by its name: all that it may ever make. Grants, environment and the check of the tests come from them; no
 * bundle carries them.
 */
export type CallsByIntent = Readonly<Record<string, readonly Call[]>>;
