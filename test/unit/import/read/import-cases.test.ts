import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ReadSource, readAll } from '../../../support/read-source.ts';

const folder = join(__dirname, '../../../support/import-cases');
const names = readdirSync(folder);

async function readCase(number: string): Promise<ReadSource> {
  return await readAll(join(folder, names.find((name) => name.startsWith(`${number}-`)) ?? number));
}

const attributesIn = ({ documents }: ReadSource) => documents.profile?.map(({ value }) => value.attributes);
const odditiesIn = ({ documents }: ReadSource) =>
  documents.profile?.flatMap(({ oddities }) => oddities.map(({ kind, field }) => `${field}: ${kind}`));

test('every case has documents, and only two hold one that cannot be read', async () => {
  expect(names).toHaveLength(33);
  const unreadable: string[] = [];
  for (const name of names) {
    const read = await readAll(join(folder, name));
    expect(Object.values(read.documents).flat().length).toBeGreaterThan(0);
    unreadable.push(
      ...read.unreadable.map(({ file, at, number, id, field, reason }) =>
        [file.slice(folder.length + 1), at, number, id, field, reason].join('|'),
      ),
    );
  }
  expect(unreadable).toEqual([
    '47-lone-surrogate.json|line 1, column 458|1|5b00002f0000000000000001|attributes.t|holds ill-formed Unicode',
    '51-deep-20000.json|line 1, column 458|1|5b0000330000000000000001||is nested deeper than 100 levels',
  ]);
});

test('a real seed has its tokens, its tenant and its profile with ids as text and dates in milliseconds', async () => {
  const { source, documents } = await readCase('01');
  expect(source.collections).toEqual(['accesstoken', 'tenant', 'profile']);
  expect(source.kind).toBeUndefined();
  expect(documents.accesstoken?.map(({ value }) => value.expiresOn)).toEqual(Array(3).fill(1_704_067_200_000));
  expect(documents.profile?.[0]?.value._id).toMatch(/^[0-9a-f]{24}$/);
});

test('numbers that are none are their names', async () => {
  const read = await readCase('08');
  expect(attributesIn(read)).toEqual([{ n: 'NaN' }, { n: 1 }, { inf: 'Infinity' }]);
  expect(odditiesIn(read)).toEqual([
    'attributes.n: a number that is none (NaN, Infinity) was made text',
    'attributes.inf: a number that is none (NaN, Infinity) was made text',
  ]);
});

test('every type of the database has its place in plain JSON', async () => {
  const read = await readCase('09');
  expect(attributesIn(read)).toEqual([
    {
      Symbol: 'symbol',
      String: 'string',
      Binary: 'VEVTVCBUM1NU',
      BinaryUserDefined: 'AQIDBAU=',
      Uuid: 'a34c38f7-c3ab-edc8-a378-14a992ab8db6',
      Code: 'function() {}',
      Timestamp: 'Timestamp(42, 1)',
      Regex: 'pattern',
      Datetime: 2_147_483_647,
      DBRef: 'collection/57fd71e96e32ab4225b723fb',
      DBPointer: 'collection/57e193d7a9cc81b4027498b1',
      Minkey: 'MinKey',
      Maxkey: 'MaxKey',
      Null: null,
      Sub: { foo: 'bar', n: null },
      Array: [1, null, 3],
      Oid: '57e193d7a9cc81b4027498b5',
    },
  ]);
  expect(odditiesIn(read)).toEqual([
    'attributes.BinaryUserDefined: binary data of an unusual kind were made text',
    'attributes.Code: code was made text',
    'attributes.Timestamp: a timestamp was made text',
    'attributes.Regex: a regular expression was made text, its options left out',
    'attributes.DBRef: a reference to another document was made text',
    'attributes.DBPointer: a reference to another document was made text',
    'attributes.Minkey: a MinKey or MaxKey was made text',
    'attributes.Maxkey: a MinKey or MaxKey was made text',
  ]);
});

test('dates far from today are the milliseconds that they are', async () => {
  const { documents } = await readCase('11');
  const created = documents.profile?.map(({ value }) => value.createdOn);
  expect(created?.every((date) => typeof date === 'number')).toBe(true);
  expect(created).toContain(-5);
});

test('a date that is none is its text', async () => {
  const read = await readCase('13');
  expect(attributesIn(read)).toEqual([{ d: '24/05/2017' }, {}]);
  expect(odditiesIn(read)).toEqual(['attributes.d: a date that is none was made text']);
});

test.each(['15', '17'])('case %s: the last word of the name says the collection', async (number) => {
  const { source, documents } = await readCase(number);
  expect(source.collections).toEqual(['profile']);
  expect(documents.profile?.map(({ value }) => value.username)).toEqual(['user1', 'user2']);
});

test('of repeated keys the last one is taken', async () => {
  const read = await readCase('20');
  expect(read.documents.profile?.[0]?.value.email).toBe('last@example.org');
  expect(odditiesIn(read)).toEqual([
    'email: a key was there more than once, the last one was taken',
    'attributes.a: a key was there more than once, the last one was taken',
  ]);
});

test('a key "__proto__" is a key like others', async () => {
  const attributes = attributesIn(await readCase('27'));
  expect(JSON.stringify(attributes)).toBe(
    '[{"__proto__":{"evil":true},"a":"ok","m":{"__proto__":{"q":1},"constructor":2}}]',
  );
});

test('collections are known in any case and in the plural', async () => {
  const { source } = await readCase('49');
  expect(source.collections).toEqual(['accesstoken', 'tenant', 'profile']);
  expect(source.notes).toEqual([expect.stringMatching(/49-collection-case\.json: "profiles" is taken for "profile"$/)]);
});

test.each([
  ['60', 'keycloak', ['header', 'users']],
  ['62', 'firebase', ['header', 'users']],
  ['64', 'kratos', ['users']],
])('case %s is of %s', async (number, kind, collections) => {
  const { source, documents } = await readCase(number);
  expect(source.kind).toBe(kind);
  expect(source.collections).toEqual(collections);
  expect(documents.users).toHaveLength(1);
});

test('what a realm says beside its users is one document', async () => {
  const { documents } = await readCase('60');
  expect(documents.header?.map(({ value }) => value)).toEqual([
    { id: 'test', realm: 'test', enabled: true, roles: { realm: [{ name: 'user' }] } },
  ]);
});
