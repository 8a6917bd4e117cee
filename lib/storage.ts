import type { ProfileIndex, Table } from '../functions/shared/config/calls.ts';

/** A thing of the data stack as other stacks know it. */
export interface Stored {
  readonly name: string;
  readonly arn: string;
}

/** What the data stack offers: names and ARNs under fixed export names, so that no change of code changes what is exported. */
export interface Storage {
  readonly tables: Readonly<Record<Table, Stored>>;
  readonly profilesStreamArn: string;
  readonly attachments: Stored;
  /** The log of all functions: it has the audit trail, which outlives them. */
  readonly log: Stored;
}

/** The exact ARN of an index of the Profiles table. */
export const indexArn = ({ tables }: Storage, index: ProfileIndex) => `${tables.profiles.arn}/index/${index}`;

/** Under what name the data stack of a stage exports a value, for example `ServerlessProfile-dev-ProfilesTableArn`. */
export const exportNameOf = (stage: string, value: string) => `ServerlessProfile-${stage}-${value}`;
