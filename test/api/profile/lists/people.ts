import type { Profile } from '../../../../functions/shared/domain/profile/profile.ts';
import type { AttributeDefinition } from '../../../../functions/shared/domain/tenant/attribute-definitions.ts';
import type { Tenant } from '../../../../functions/shared/domain/tenant/tenant.ts';
import type { JsonValue } from '../../../../functions/shared/domain/values/json.ts';
import { asAttributes, valuesOf } from '../../../support/attributes.ts';
import { allowing, definition } from '../../../support/definitions.ts';
import type { LocalApi } from '../../../support/local-api.ts';

export const accessTokenId = 'app-token';

/** `secret` is not for the application of these tests. */
const attributeDefinitions = [
  definition('firstName', allowing('*', ['READ_ATTRIBUTE'])),
  definition('prefs', allowing('app', ['READ_ATTRIBUTE'])),
  definition('secret', allowing('payroll', ['READ_ATTRIBUTE'])),
];

const indexedPlaces: Readonly<Record<string, JsonValue>> = {
  prefs: ['lang', 'tags', 'pages.id', 'count', 'flag', 'none'],
};

/** How a tenant's profiles are found: each list answers the same in all of them. */
export const forms = ['without an index', 'with roles indexed', 'with everything indexed', 'in three parts'] as const;
type Form = (typeof forms)[number];

const shardsIn: Readonly<Record<Form, number | undefined>> = {
  'without an index': undefined,
  'with roles indexed': 1,
  'with everything indexed': 1,
  'in three parts': 3,
};
const everythingIndexed = attributeDefinitions.map((one) => ({
  ...one,
  metadata: { indexed: indexedPlaces[one.name] ?? true },
}));
const definitionsIn: Readonly<Record<Form, readonly AttributeDefinition[]>> = {
  'without an index': attributeDefinitions,
  'with roles indexed': attributeDefinitions,
  'with everything indexed': everythingIndexed,
  'in three parts': everythingIndexed,
};

const created = { cyd: 1_500_000_000_001, ada: 1_500_000_000_002, dan: 1_500_000_000_003, bob: 1_500_000_000_004 };

/** Two tenants: `acme` with four people, whose order of creation is none of their names', and `other` with one who shares their values. */
export interface People {
  readonly acme: Tenant;
  readonly cyd: Profile;
  readonly ada: Profile;
  readonly dan: Profile;
  readonly bob: Profile;
  readonly eve: Profile;
}

export async function seedPeople(api: LocalApi, form: Form = 'without an index'): Promise<People> {
  await api.clear('profiles');
  await api.seedAccessToken({ id: accessTokenId });
  const parts = { shards: shardsIn[form], attributeDefinitions: definitionsIn[form] };
  const acme = await api.seedTenant({ name: 'acme', ...parts });
  await api.seedTenant({ name: 'other', id: '5b0000000000000000000000', ...parts });
  const shardOf = (name: keyof typeof created) => shardsIn[form] && Object.keys(created).indexOf(name) % shardsIn[form];
  const seed = (name: keyof typeof created, profile: Partial<Profile>) =>
    api.seedProfile({ tenant: 'acme', username: name, createdAtMs: created[name], shard: shardOf(name), ...profile });
  return {
    acme,
    cyd: await seed('cyd', { verified: true, attributes: asAttributes([['secret', 'a']]) }),
    ada: await seed('ada', {
      roles: ['EDITOR', 'ADMIN'],
      attributes: asAttributes([
        ['firstName', 'Ada'],
        ['prefs', { lang: 'de', tags: ['news', 'sport'], pages: [{ id: 'p1' }] }],
        ['secret', 'c'],
        ['undefinedOne', 'a'],
      ]),
    }),
    dan: await seed('dan', {
      username: 'Dan',
      email: 'Dan@Example.com',
      roles: ['EDITOR,ADMIN'],
      attributes: asAttributes([['firstName', 'ada']]),
    }),
    bob: await seed('bob', {
      enabled: false,
      roles: ['EDITOR'],
      attributes: asAttributes([
        ['firstName', 'Bob'],
        ['prefs', { lang: 'fr', tags: 'news', count: 5, flag: true }],
        ['secret', 'b'],
      ]),
    }),
    eve: await api.seedProfile({
      tenant: 'other',
      username: 'ada',
      email: 'ada@example.com',
      createdAtMs: created.cyd,
      roles: ['EDITOR'],
      attributes: asAttributes([['firstName', 'Ada']]),
    }),
  };
}

/** The profile as the application of these tests gets it. */
export function shown(profile: Profile, attributes?: object) {
  const visible = [...valuesOf(profile.attributes)].filter(([name]) => name === 'firstName' || name === 'prefs');
  return {
    id: profile.id,
    username: profile.username,
    email: profile.email,
    verified: profile.verified,
    enabled: profile.enabled,
    createdOn: profile.createdAtMs,
    lastModified: profile.lastModifiedMs,
    tenant: profile.tenant,
    roles: profile.roles,
    attributes: attributes ?? Object.fromEntries(visible),
  };
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Gets a list of `acme` unless another tenant is named, with the token that may do everything unless another is. */
export const getter = (api: () => LocalApi, path: string) => async (query: Fields) => {
  const { status, body } = await api().request('GET', path, { query: { accessTokenId, tenantName: 'acme', ...query } });
  return { status, body };
};

/** Status and code of an error answer, the usernames of a list. */
export function gist({ status, body }: { status: number; body: { errorCode?: string } | { username: string }[] }) {
  return Array.isArray(body) ? body.map(({ username }) => username) : [status, body.errorCode];
}

/** Seeds a token that may do only this, on `acme`; gives its id. */
export async function limitedTo(api: LocalApi, ...allowedActions: string[]): Promise<string> {
  const id = `only-${allowedActions.join('-')}`;
  await api.seedAccessToken({ id, tenantPermissions: [{ tenant: 'acme', allowedActions }] });
  return id;
}
