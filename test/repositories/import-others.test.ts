import { join } from 'node:path';
import { findTenant } from '../../functions/shared/repositories/tenants.ts';
import { sourceFrom } from '../../lib/import/from/from-options.ts';
import { openSource } from '../../lib/import/read/open-source.ts';
import { KeptLines } from '../../lib/import/rejects-file.ts';
import { type RunOptions, runImport } from '../../lib/import/run-import.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

interface Wanted extends RunOptions {
  readonly tenant?: string;
  readonly makeDefinitions?: boolean;
}

/** Imports samples as the command does. */
async function importFrom(
  from: string,
  names: readonly string[],
  { tenant = from, makeDefinitions, ...rest }: Wanted = {},
) {
  const paths = names.map((name) => join('test/support/other-stores', name));
  const found = await sourceFrom(await openSource(paths, {}), { from, tenant, makeDefinitions }, findTenant);
  const rejects = new KeptLines();
  const options = { mergeTenants: found.mergesTenants, ...rest };
  const { report } = await runImport(found.source, { ...options, lines: { rejects } });
  return { report, rejects: rejects.lines };
}

const samples: readonly (readonly [string, readonly string[], number, number, Record<string, number>])[] = [
  ['keycloak', ['keycloak-realm.json'], 5, 0, { 'service accounts': 1 }],
  ['auth0', ['auth0-users.ndjson', 'auth0-password-hashes.ndjson'], 5, 0, { 'password hashes': 2 }],
  ['firebase', ['firebase-users.json'], 3, 1, {}],
  ['cognito', ['cognito-users.csv', 'cognito-list-users.json'], 4, 0, {}],
  ['kratos', ['kratos-identities.json'], 3, 1, {}],
  ['gotrue', ['gotrue-users.ndjson', 'gotrue-users.csv'], 5, 0, { 'deleted users': 1, 'anonymous users': 1 }],
];

test.each(samples)(
  'users of %s are imported once, with a tenant that defines what they have',
  async (kind, names, taken, rejected, left) => {
    const first = await importFrom(kind, names, { makeDefinitions: true });
    expect([first.report.of('tenant', 'imported'), first.report.of('profile', 'imported')]).toEqual([1, taken]);
    expect(first.rejects).toHaveLength(rejected);
    expect(Object.fromEntries(first.report.leftBehind)).toEqual(left);
    expect([...first.report.oddities.keys()]).not.toContain(
      'an attribute that its tenant does not define is stored, hidden',
    );
    const again = await importFrom(kind, names, { makeDefinitions: true });
    expect([again.report.of('tenant', 'there'), again.report.of('profile', 'there')]).toEqual([1, taken]);
    const verified = await importFrom(kind, names, { verify: true, mergeTenants: false });
    expect([verified.report.of('profile', 'missing'), verified.report.of('profile', 'there')]).toEqual([0, taken]);
  },
);

test('a tenant that is here keeps what it has, and gets roles and definitions only on request', async () => {
  const names = ['kratos-identities.json'];
  const tenant = 'kept';
  await importFrom('cognito', ['cognito-list-users.json'], { tenant });
  const before = await findTenant(tenant);
  const { report } = await importFrom('kratos', names, { tenant });
  expect(report.said).toContain('  roles that it lacks here: "editor"');
  expect(report.of('profile', 'imported')).toBe(3);
  // What its passwords cost is noted.
  expect(await findTenant(tenant)).toEqual({ ...before, version: 2, foreignHashes: expect.any(Array) });
  await importFrom('kratos', names, { tenant, makeDefinitions: true });
  expect(await findTenant(tenant)).toMatchObject({
    availableRoles: ['editor'],
    attributeDefinitions: ['kratosId', 'plan', 'metadata_admin_plan', 'firstName', 'lastName', 'newsletter'].map(
      (name) => expect.objectContaining({ name }),
    ),
  });
});

test('a dry run counts the same, and writes nothing', async () => {
  const { report } = await importFrom('gotrue', ['gotrue-users.ndjson'], { tenant: 'nowhere', dryRun: true });
  expect([report.of('tenant', 'imported'), report.of('profile', 'imported')]).toEqual([1, 4]);
  expect(await findTenant('nowhere')).toBeUndefined();
});
