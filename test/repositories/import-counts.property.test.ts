import * as fc from 'fast-check';
import type { Kind, Outcome } from '../../lib/import/report.ts';
import { png } from '../support/attachments.ts';
import { emptyStore } from '../support/empty-store.ts';
import { importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { runs } from '../support/thoroughness.ts';

jest.setTimeout(300_000);

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());

const oid = (number: number) => ({ $oid: `6a${String(number).padStart(22, '0')}` });
const few = fc.integer({ min: 0, max: 4 });
const id = fc.oneof(
  { weight: 6, arbitrary: few.map(oid) },
  fc.constantFrom(undefined, null, 'odd', 7, { deep: [1] }, { $oid: 'no' }),
);
const tenantName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'A') },
  fc.constantFrom('nowhere', null, 3, {}),
);
const odd = fc.constantFrom<unknown>(undefined, null, '', 'x', 1, true, [], [null, 1], {}, { $date: 'never' });
const texts = fc.constantFrom<unknown>(['R'], 'R', null, [null, 'S']);

const tenant = fc.record({
  _id: id,
  name: tenantName,
  availableRoles: texts,
  attributeDefinitions: fc.oneof(
    fc.constant([{ name: 'n' }]),
    fc.constant([{ name: 'n' }, { name: 'm', metadata: { indexed: true } }]),
    odd,
  ),
});
const profile = fc.record(
  {
    _id: id,
    username: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('u', 'v', 'U', 'w') }, odd),
    tenant: tenantName,
    email: fc.oneof(fc.constant('a@b'), odd),
    enabled: fc.oneof(fc.boolean(), odd),
    roles: texts,
    password: fc.oneof(fc.constant(`$2b$04$${'a'.repeat(53)}`), odd),
    createdOn: fc.oneof(fc.constant({ $date: 0 }), odd),
    attributes: fc.oneof(fc.constant({ n: 1, m: 'text' }), odd),
  },
  { requiredKeys: [] },
);
const accesstoken = fc.record({ _id: fc.constantFrom('t1', 't2', '', null), application: odd, master: odd });
const file = fc.record({
  _id: id,
  filename: fc.oneof(
    fc.tuple(few, fc.constantFrom('x', 'y', '')).map(([number, name]) => `/${oid(number).$oid}/${name}`),
    odd,
  ),
  length: fc.constantFrom<unknown>(png.length, 1, -1, undefined, 'x'),
  contentType: fc.constantFrom('image/png', 'image/gif', 'text/html'),
});
const chunk = fc.record({
  files_id: few.map(oid),
  n: fc.constantFrom(0, 0, 1),
  data: fc.constant({ $binary: { base64: png.toString('base64'), subType: '00' } }),
});
const list = <Value>(of: fc.Arbitrary<Value>, maxLength = 6) => fc.array(of, { maxLength });
const collections = fc.record({
  accesstoken: list(accesstoken),
  tenant: list(tenant, 3),
  profile: list(profile, 10),
  'fs.files': list(file),
  'fs.chunks': list(chunk),
});
type Collections = typeof collections extends fc.Arbitrary<infer Files> ? Files : never;

const kinds = { accesstoken: 'access token', tenant: 'tenant', profile: 'profile', 'fs.files': 'attachment' } as const;
const outcomes: readonly Outcome[] = ['imported', 'there', 'changed here', 'different', 'replaced', 'missing'];

/** Documents of each kind that are told of, by what became of them. */
async function toldOf(files: Collections, options: object) {
  const { report, rejects, lines } = await importingCollections(files, { mergeTenants: true, ...options });
  const leftOut = lines.flatMap((line) => /^Warning: (\d+) profiles? of tenant .* left out/.exec(line)?.[1] ?? []);
  const sumOf = (collection: string, kind: Kind) =>
    outcomes.reduce((sum, outcome) => sum + report.of(kind, outcome), 0) +
    rejects.filter((reject) => reject.collection === collection).length +
    (kind === 'profile' ? leftOut.reduce((sum, count) => sum + Number(count), 0) : 0);
  const sums = Object.entries(kinds).map(([collection, kind]) => [collection, sumOf(collection, kind)]);
  const said = lines
    .map((line) => line.replace(/^Would be /, '').toLowerCase())
    .filter((line) => !line.startsWith('files:'))
    .map((line) => line.replace(/^(imported|replaced or added to|disabled):/, '$1'));
  return {
    sums: Object.fromEntries(sums),
    rejects: rejects.map(({ file: _file, ...reject }) => JSON.stringify(reject)).sort(),
    said: said.sort(),
  };
}

const documentsOf = (files: Collections) =>
  Object.fromEntries(Object.keys(kinds).map((name) => [name, files[name as keyof typeof kinds].length]));

test('every document is told of once, by a dry run as by the import, whatever is there and whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(collections, collections, fc.boolean(), fc.boolean(), async (first, second, update, newIds) => {
      await emptyStore(api);
      for (const files of [first, second, second]) {
        const options = { update, newIds };
        const planned = await toldOf(files, { ...options, dryRun: true });
        const done = await toldOf(files, options);
        expect(done.sums).toEqual(documentsOf(files));
        expect(planned).toEqual(done);
        const compared = await toldOf(files, { newIds, verify: true, mergeTenants: false });
        expect(compared.sums).toEqual(documentsOf(files));
      }
    }),
    { numRuns: runs(60) },
  );
});
