import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sample } from '../../lib/openapi/sample.ts';
import { png } from '../support/attachments.ts';
import { seedExamples } from '../support/examples.ts';
import { faultsOfTypes, generateClient, generators, runProgram } from '../support/generated-clients.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

/** Clients that are made of `openapi.json`, unchanged, do what an application does. */

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());

const expected = {
  user: 'john.doe',
  created: [['APP_TEST', 'APP_REPORT'], 'Mara'],
  createdOn: 0,
  again: [409, 'PROFILE_EXISTS'],
  changed: { firstName: 'Maria' },
  several: ['john.doe', 'mara'],
  found: ['mara', 'jane.doe'],
  counted: 3,
  removed: 200,
  uploaded: ['avatar', 'image/png'],
  listed: ['avatar'],
  sameBytes: true,
  wrong: [401, true],
  unknown: [404, 'NO_SUCH_TENANT'],
  refused: [403, 'ACCESS_DENIED'],
  byParameter: 3,
  tenant: ['corporate', ['firstName']],
  token: ['newsletter', false, null],
  same: 'newsletter',
};

test.each(generators)(
  'the client that %s is used with has the right types, and works',
  async (name) => {
    await seedExamples(api);
    const directory = await generateClient(name);
    const picture = join(directory, 'picture.png');
    writeFileSync(picture, png);
    expect(await faultsOfTypes(directory)).toBe('');
    expect(await runProgram(directory, [api.url, sample.accessToken, picture])).toEqual(expected);
  },
  60_000,
);
