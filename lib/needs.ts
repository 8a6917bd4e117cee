import type { Access, Contract, ProfileIndex, Table } from '../functions/shared/http/contract.ts';

/** `lookUp` is what checking an access token takes: one GetItem. */
export type Verb = 'lookUp' | 'read' | 'write';

/** All that a function may do; functions with equal needs share a role. */
export interface Needs {
  readonly tables: Readonly<Partial<Record<Table, readonly Verb[]>>>;
  readonly indexes?: readonly ProfileIndex[];
  readonly bucket?: readonly Verb[];
  readonly sendsMail?: true;
  /** Is called by the stream of the Profiles table. */
  readonly followsProfiles?: true;
}

const verbsOf: Readonly<Record<Access, readonly Verb[]>> = {
  read: ['read'],
  write: ['write'],
  readWrite: ['read', 'write'],
};

/** What an endpoint may do, by its contract: what is declared there, and the look-up of the caller's access token. */
export function needsOf(contract: Contract): Needs {
  const { tables, indexes, bucket, sendsMail } = contract;
  const tokens = tables.tokens ? verbsOf[tables.tokens] : [];
  const looksUp = contract.authorisation === 'accessToken' && !tokens.includes('read');
  return {
    tables: {
      ...(tables.profiles && { profiles: verbsOf[tables.profiles] }),
      ...((looksUp || tokens.length > 0) && { tokens: looksUp ? ['lookUp', ...tokens] : tokens }),
      ...(tables.tickets && { tickets: verbsOf[tables.tickets] }),
    },
    ...(indexes && { indexes: [...indexes].sort() }),
    ...(bucket && { bucket: verbsOf[bucket] }),
    ...(sendsMail && { sendsMail }),
  };
}

/** First letter in upper case, as logical ids have it. */
export const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The needs as a logical id, for example `ProfilesReadByTenantTokensLookUp`: equal needs, equal name. */
export function nameOfNeeds({ tables, indexes, bucket, sendsMail, followsProfiles }: Needs): string {
  const part = (name: string, verbs: readonly string[] | undefined) => (verbs ? [name, ...verbs] : []);
  const words = [
    ...part('profiles', tables.profiles),
    ...(indexes ?? []),
    ...part('tokens', tables.tokens),
    ...part('tickets', tables.tickets),
    ...part('attachments', bucket),
    ...(sendsMail ? ['mail'] : []),
    ...(followsProfiles ? ['stream'] : []),
  ];
  return words.map(pascal).join('') || 'Nothing';
}
