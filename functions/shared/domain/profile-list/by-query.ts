import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import { findTenantFor, requireTenant, type TenantSource } from '../tenant/load-tenant.ts';
import { type Candidates, candidatesOf, indexStreams, type Opening, type OpenLookup, startOf } from './candidates.ts';
import { countKept, FIRST_READ, findPage, type Search } from './find-page.ts';
import type { EntryPage, IndexSource, Look } from './index/entry-page.ts';
import { type IndexUse, indexUseOf } from './index/index-use.ts';
import { RANGE_OF_USERNAMES } from './index/key-ranges.ts';
import { keyStream, tallied } from './index/key-stream.ts';
import { walkOf } from './index/walk.ts';
import type { ListOptions } from './list.ts';
import type { ListPage } from './position.ts';
import { checkQuery } from './query/check.ts';
import type { Condition, Lookup } from './query/lookups.ts';
import { matches, matchesUsername } from './query/match.ts';
import { parseQuery } from './query/parse.ts';
import { asksForEverything, type Choice, choicesOf, isOneTest, mentionsOnlyUsername } from './query/plan.ts';
import type { Query } from './query/tree.ts';
import { type ProfileReader, readerOf } from './reader.ts';
import { sortingOf } from './sorting.ts';
import type { TenantList } from './whole-tenant.ts';
import { neededFor, type Window } from './window.ts';

/** A query that its caller may ask. */
export interface ProfileQuery {
  readonly reader: ProfileReader;
  readonly query: Query;
  readonly use: IndexUse;
  readonly choices: readonly Choice[];
}

const everyUsername: Condition = { words: 'usernames', lookups: [{ at: 'usernames', range: RANGE_OF_USERNAMES }] };

/**
 * The first steps of every query (contract 5.28): 403 without `MANAGE_PROFILES` or `READ_TENANT`, 404 `NO_SUCH_TENANT`, 400 `INVALID_QUERY`.
 */
export async function openQuery(
  source: TenantSource,
  callerOnItsWay: Promise<AccessToken>,
  parameters: { readonly tenantName: string; readonly query: string },
): Promise<ProfileQuery> {
  const { caller, found } = await findTenantFor(source, callerOnItsWay, parameters.tenantName);
  requireOnTenant(caller, parameters.tenantName, 'MANAGE_PROFILES');
  const tenant = requireTenant(caller, parameters.tenantName, found);
  const reader = readerOf(caller, tenant);
  const query = parseQuery(parameters.query);
  checkQuery(query, (attribute) => !reader.hides(attribute));
  const use = indexUseOf(reader);
  const choices = choicesOf(query, use);
  const isLeft = choices.length === 0 && mentionsOnlyUsername(query);
  return { reader, query, use, choices: isLeft ? [everyUsername] : choices };
}

/** How the candidates of every condition are found. */
export interface QuerySource extends TenantList, IndexSource {
  findUsername(tenant: string, username: string): Promise<{ profileId: string; tenantId: string } | undefined>;
}

const onlyId = (id: string): EntryPage => ({ entries: [{ key: '', createdKey: '', id }], isLast: true });

/** Opens every kind of place. */
function queryStreams(source: QuerySource, { reader, query, use }: ProfileQuery, opening: Opening): OpenLookup<Lookup> {
  const { id: tenantId, name } = reader.tenant;
  const { limit } = opening;
  const inIndex = indexStreams(source, tenantId, use, opening);
  const login = async (username: string): Promise<EntryPage> => {
    const found = await source.findUsername(name, username);
    return found?.tenantId === tenantId ? onlyId(found.profileId) : { entries: [], isLast: true };
  };
  const isKept = mentionsOnlyUsername(query) ? (key: string) => matchesUsername(query, key) : () => true;
  return (lookup, tally) => {
    const read = (page: (look: Look) => Promise<EntryPage>) => tallied(tally, page);
    switch (lookup.at) {
      case 'id':
        return [keyStream('ids', async () => onlyId(lookup.id), {})];
      case 'username':
        return [keyStream('ids', () => login(lookup.username), {})];
      case 'usernames': {
        const page = read((look) => source.listUsernamePage(tenantId, lookup.range, look));
        return [keyStream('ids', page, { limit }, ({ key }) => isKept(key))];
      }
      case 'address': {
        const page = read((look) => source.listAddressPage(tenantId, lookup.email, look));
        return [keyStream('creationInOrder', page, startOf('', opening))];
      }
      case 'emails':
        return [
          keyStream(
            'creation',
            read((look) => source.listEmailPage(tenantId, lookup.range, look)),
            { limit },
          ),
        ];
      case 'creation': {
        const page = read((look) => source.listCreationPage(tenantId, lookup.range, look));
        return [keyStream('creationInOrder', page, startOf('', opening))];
      }
      case 'index':
        return inIndex(lookup, tally);
    }
  };
}

/** What one look brings where several places are looked at, which may be hundreds. */
const FIRST_LOOK = 1_000;

const hasOnePlace = (choice: Choice): boolean => 'lookups' in choice && choice.lookups.length === 1;

function candidates(source: QuerySource, asked: ProfileQuery, opening: Opening): Promise<Candidates | undefined> {
  const isOne = asked.choices.length === 1 && asked.choices.every(hasOnePlace);
  const limit = isOne ? opening.limit : FIRST_LOOK;
  return candidatesOf(asked.choices, queryStreams(source, asked, { ...opening, limit }));
}

/** Whatever was found is checked again, as it is stored and settled now. */
const keeping = ({ query }: ProfileQuery): Search['keep'] =>
  asksForEverything(query) ? undefined : (view) => matches(query, view);

/** The window of the profiles that match, sorted or in the order of creation. */
export async function findMatches(
  source: QuerySource,
  asked: ProfileQuery,
  options: ListOptions,
  window: Window,
): Promise<ListPage> {
  const { reader, use } = asked;
  const { after, attributesToReturn } = options;
  const sorting = sortingOf(options);
  const hasEnd = Number.isFinite(window.to);
  const inCreation = sorting.by === undefined;
  const opening = {
    limit: hasEnd && inCreation ? neededFor(window) + FIRST_READ : undefined,
    after: inCreation ? after : undefined,
  };
  const found = await candidates(source, asked, opening);
  const walk = hasEnd ? walkOf(source, reader, sorting, use) : undefined;
  return findPage(source, {
    reader,
    sorting,
    keep: keeping(asked),
    candidates: found,
    isExact: found !== undefined && isOneTest(asked.query),
    walk,
    after,
    window,
    attributesToReturn,
  });
}

/** How many profiles match, and how that was found. */
export async function countMatches(
  source: QuerySource,
  asked: ProfileQuery,
): Promise<{ readonly count: number; readonly plan: string }> {
  return countKept(source, {
    reader: asked.reader,
    keep: keeping(asked),
    candidates: await candidates(source, asked, {}),
  });
}
