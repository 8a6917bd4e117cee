import { listHashNotes, noteHashKinds } from '../../functions/shared/repositories/hash-notes.ts';
import { listSweeps } from '../../functions/shared/repositories/sweeps.ts';
import { isBuried } from '../../functions/shared/repositories/tombstones.ts';
import { followOpenSweeps, type OpenSweeps } from '../../lib/local/open-sweeps.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let sweeps: OpenSweeps;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  sweeps = followOpenSweeps();
});
afterAll(() => api.stop());

/** A profile whose deletion was cut short long ago. */
async function cutShort(id: string): Promise<void> {
  await api.put('profiles', [
    { pk: `PROFILE#${id}`, sk: 'PROFILE', deletedAtMs: 1 },
    { pk: 'SWEEP', sk: `PROFILE#${id}`, id, profileId: id, kind: 'clear', openedAtMs: 1, revision: 'r' },
  ]);
}

test.each(['/profile/{id}/delete', '/profile/{id}/delete.json', '/tenant/{name}/delete'])(
  'the local stack carries on what is open after a call of %s',
  async (path) => {
    const id = '5b0000000000000000000001';
    await cutShort(id);
    sweeps.after({ method: 'POST', routeKey: `POST /crafter-profile/api/1${path}`, statusCode: 500, durationMs: 1 });
    const endMs = performance.now() + 5000;
    while ((await listSweeps()).length > 0 && performance.now() < endMs);
    expect([await listSweeps(), await isBuried(id)]).toEqual([[], false]);
  },
);

test('the local stack ends the notes of hashes that are gone, as it starts and after a change of a tenant', async () => {
  const tenant = await api.seedTenant();
  await noteHashKinds(tenant, { kinds: ['$2b$06'], atMs: 1 });
  sweeps.after({
    method: 'POST',
    routeKey: 'POST /crafter-profile/api/1/tenant/update',
    statusCode: 200,
    durationMs: 1,
  });
  const endMs = performance.now() + 5000;
  while ((await listHashNotes()).length > 0 && performance.now() < endMs);
  expect(await listHashNotes()).toEqual([]);
});
