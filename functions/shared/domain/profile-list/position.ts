import type { Profile } from '../profile/profile.ts';

/** Where one page of a list ends and the next begins: behind this profile. */
export interface Position {
  /** By what it sorts, in the index's own words (`ValueKey`), or its username where that is the order; empty in the order of creation. */
  readonly key: string;
  /** Its place among those that sort alike: `createdKey` of the data model, which ends with its id. */
  readonly createdKey: string;
}

/** A page of a list, and how it was found. */
export interface ListPage {
  readonly profiles: readonly Profile[];
  /** Absent where nothing follows. */
  readonly next?: Position | undefined;
  /** For people: `index roles equals, 1 page`, `whole tenant, 8 ranges`. */
  readonly plan: string;
}
