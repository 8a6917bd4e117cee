import type { AuditRecord } from '../audit/question.ts';

/** What the audit trail says was ended in a table since a moment. */
export interface EndedSince {
  /** Hashes of access tokens; undefined where some are not known, so that any may have been. */
  readonly accessTokens: ReadonlySet<string> | undefined;
  /** Ids of profiles that have another password. */
  readonly newPasswords: ReadonlySet<string>;
  /** Ids of profiles that were disabled. */
  readonly disabled: ReadonlySet<string>;
}

/** Where nobody can say what was ended. */
export const nothingKnown: EndedSince = {
  accessTokens: undefined,
  newPasswords: new Set(),
  disabled: new Set(),
};

/** Operations that make access tokens and end none. What `restore` takes out, it takes out of tables that were not in use yet. */
const endingNoToken = [
  'createAccessToken',
  'admin bootstrap',
  'admin import',
  'admin restore',
  'admin token create',
] as const;
const enabling = ['enableProfile', 'verifyProfile'] as const;

const isOneOf = (operations: readonly string[], { operation = '' }: AuditRecord) => operations.includes(operation);

/** Whether a call has changed a field, or may have. */
function touches({ outcome, fields }: AuditRecord, field: string): boolean {
  return outcome !== 'refused' && Array.isArray(fields) && fields.includes(field);
}

function accessTokensIn(records: readonly AuditRecord[]): ReadonlySet<string> | undefined {
  const hashes = records
    .filter((record) => touches(record, 'accessToken') && !isOneOf(endingNoToken, record))
    .map(({ accessToken, replacedToken = accessToken }) => replacedToken);
  const known = hashes.filter((hash) => typeof hash === 'string');
  return known.length === hashes.length ? new Set(known) : undefined;
}

/** The ids of the profiles that records with a field are about. */
const profilesIn = (records: readonly AuditRecord[], field: string) =>
  records.filter((record) => touches(record, field)).flatMap(({ profileId }) => profileId ?? []);

/** An update does not say which way: whoever may have been disabled stays out until enabled. */
function disabledIn(records: readonly AuditRecord[]): ReadonlySet<string> {
  const last = new Map<string, boolean>();
  for (const record of records)
    for (const id of profilesIn([record], 'enabled'))
      last.set(id, record.outcome !== 'done' || !isOneOf(enabling, record));
  return new Set([...last].flatMap(([id, isDisabled]) => (isDisabled ? [id] : [])));
}

/** What records of the audit trail say was ended. What failed half way, or nobody knows of, counts as done. */
export function endedIn(records: readonly AuditRecord[]): EndedSince {
  const inOrder = records.toSorted((one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp));
  return {
    accessTokens: accessTokensIn(inOrder),
    newPasswords: new Set(profilesIn(inOrder, 'password')),
    disabled: disabledIn(inOrder),
  };
}
