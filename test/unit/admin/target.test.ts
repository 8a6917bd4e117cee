import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { targetArguments, targetVariables } from '../../../lib/admin/target.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { withCloudFormation } from '../../support/cloud-formation.ts';
import { inScratchDirectory } from '../../support/scratch-directory.ts';

inScratchDirectory();
const cloudFormation = withCloudFormation();

const outputs = { ProfilesTableName: 'p', TokensTableName: 'k', TicketsTableName: 't', AttachmentsBucketName: 'a' };
const tables = { PROFILES_TABLE: 'p', TOKENS_TABLE: 'k', TICKETS_TABLE: 't', ATTACHMENTS_BUCKET: 'a' };
const data = { 'ServerlessProfile-dev-Data': { outputs } };
const deployed = { local: false, stage: 'dev' };

test('a deployed stage is known from anywhere, with the wire line that it answers', async () => {
  cloudFormation.use({ ...data, 'ServerlessProfile-dev-Api': { outputs: { ApiUrl: 'https://x', WireLine: '3.0' } } });
  expect(await targetVariables(deployed)).toEqual({ ...tables, WIRE_LINE: '3.0' });
});

test('without one where the functions are not deployed', async () => {
  cloudFormation.use(data);
  expect(await targetVariables(deployed)).toEqual(tables);
});

test.each([{}, { 'ServerlessProfile-dev-Data': { outputs: { ProfilesTableName: 'p' } } }])(
  'a stage without tables is not deployed: %j',
  async (stacks) => {
    cloudFormation.use(stacks);
    await expect(targetVariables(deployed)).rejects.toThrow(
      /^Stage "dev" is not deployed in [a-z0-9-]+: "npm run deploy -- --stage dev" deploys it, /,
    );
  },
);

test('what was meant is likely a stage that has a file', async () => {
  mkdirSync('stages');
  for (const name of ['production', 'example', 'stage.schema']) writeFileSync(`stages/${name}.json`, '{}');
  cloudFormation.use({});
  const asked = (stage: string) => targetVariables({ local: false, stage });
  await expect(asked('prodction')).rejects.toThrow(
    '; did you mean "production"? "npm run deploy -- --stage prodction"',
  );
  await expect(asked('exampl')).rejects.toThrow(UsageError);
  await expect(asked('exampl')).rejects.not.toThrow('did you mean');
});

describe('a local stack', () => {
  const environment = { PROFILES_TABLE: 'local' };
  const folder = () => join(process.cwd(), 'my data');
  const nothingOn = (path: string) =>
    `No local stack is running on ${path}: start one with "npm start", or name the folder of the one that runs with --directory DIR`;

  test.each([true, false])(
    'is found on the folder that it was started with, with --local or without (%s)',
    async (local) => {
      mkdirSync(folder(), { recursive: true });
      writeFileSync(join(folder(), 'stack.json'), JSON.stringify({ pid: process.pid, url: 'http://x', environment }));
      expect(await targetVariables({ local, directory: folder(), stage: 'dev' })).toEqual(environment);
    },
  );

  test('that does not run is told with the folder that was looked on', async () => {
    await expect(targetVariables({ local: true, stage: 'dev' })).rejects.toThrow(
      nothingOn(join(process.cwd(), '.local')),
    );
    await expect(targetVariables({ local: false, directory: '/nowhere', stage: 'dev' })).rejects.toThrow(
      nothingOn('/nowhere'),
    );
  });
});

test.each([
  [{ local: true, stage: 'production' }, '--local'],
  [{ local: false, directory: "/the user's data", stage: 'dev' }, `--directory='/the user'\\''s data'`],
  [{ local: false, stage: 'dev' }, ''],
  [{ local: false, stage: 'production' }, '--stage production'],
])('%j is named to the command line as "%s"', (target, text) => {
  expect(targetArguments(target)).toBe(text);
});
