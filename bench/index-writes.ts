import type { Tenant } from '../functions/shared/domain/tenant/tenant.ts';
import { asAttributes } from '../test/support/attributes.ts';
import { definition } from '../test/support/definitions.ts';
import { type LocalApi, startLocalApi } from '../test/support/local-api.ts';
import { table } from './statistics.ts';
import { consumedBy, recordStoreCalls } from './store-calls.ts';

const headers = { authorization: 'Bearer bench-token' };
/** How many entries the index has of a profile: of its role, and of an attribute each. */
const ENTRIES = [0, 2, 10];

const names = Array.from({ length: Math.max(...ENTRIES) - 1 }, (_, number) => `name${number}`);
const valuesOf = (value: string) => Object.fromEntries(names.map((name) => [name, value]));

/** Writes by what they are called in the table; each of a profile with a role and a value of every attribute. */
const writes: Readonly<Record<string, (api: LocalApi, tenant: Tenant, id: string) => Promise<{ status: number }>>> = {
  'create it': (api, { name }) =>
    api.request('POST', '/profile/create', {
      headers,
      form: {
        tenantName: name,
        username: 'new',
        email: 'new@example.com',
        enabled: 'true',
        role: 'READER',
        attributes: JSON.stringify(valuesOf('one')),
      },
    }),
  'update no indexed attribute': (api, _tenant, id) =>
    api.request('POST', `/profile/${id}/attributes/update`, { headers, json: { plain: 'two' } }),
  'update one attribute, indexed where any is': (api, _tenant, id) =>
    api.request('POST', `/profile/${id}/attributes/update`, { headers, json: { name0: 'two' } }),
  'update every attribute': (api, _tenant, id) =>
    api.request('POST', `/profile/${id}/attributes/update`, { headers, json: valuesOf('three') }),
  'add a role': (api, _tenant, id) =>
    api.request('POST', `/profile/${id}/roles/add`, { headers, form: { role: 'WRITER' } }),
  'delete it': (api, _tenant, id) => api.request('POST', `/profile/${id}/delete`, { headers }),
};

/** A tenant whose profiles have so many entries in the index; without any it is one from before there was an index. */
function tenantWith(api: LocalApi, entries: number): Promise<Tenant> {
  const attributeDefinitions = [...names, 'plain'].map((name, at) =>
    definition(name, at < entries - 1 && name !== 'plain' ? { metadata: { indexed: true } } : {}),
  );
  return api.seedTenant({ name: `with-${entries}`, attributeDefinitions, shards: entries === 0 ? undefined : 1 });
}

/** Calls of the store and write request units of what writes a profile, by how many entries the index has of it. */
async function indexWrites(): Promise<string> {
  const api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: 'bench-token' });
  const calls = recordStoreCalls();
  const rows = Object.keys(writes).map((name): string[] => [name]);
  for (const entries of ENTRIES) {
    const tenant = await tenantWith(api, entries);
    const attributes = asAttributes(Object.entries(valuesOf('one')));
    const { id } = await api.seedProfile({ tenant: tenant.name, roles: ['READER'], attributes });
    for (const [at, [name, write]] of Object.entries(writes).entries()) {
      calls.length = 0;
      const { status } = await write(api, tenant, id);
      if (status !== 200) throw new Error(`${name} answered ${status}`);
      rows[at]?.push(`${consumedBy(calls).writes} / ${calls.length}`);
    }
  }
  await api.stop();
  return table(['write units / calls', ...ENTRIES.map((count) => `${count} entries`)], rows);
}

console.log(await indexWrites());
process.exit(0);
