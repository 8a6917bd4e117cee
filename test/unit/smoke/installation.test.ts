import { join } from 'node:path';
import { recordRunningStack } from '../../../lib/local/running-stack.ts';
import { apiUrlOf, installationAt } from '../../../lib/smoke/installation.ts';
import { withCloudFormation } from '../../support/cloud-formation.ts';
import { inScratchDirectory } from '../../support/scratch-directory.ts';

inScratchDirectory();
const cloudFormation = withCloudFormation();

const tables = { ProfilesTableName: 'p', TokensTableName: 'k', TicketsTableName: 't', AttachmentsBucketName: 'a' };
const data = { 'ServerlessProfile-dev-Data': { outputs: tables } };
const deployed = { local: false, stage: 'dev' };
const ApiUrl = 'https://x.execute-api.eu-central-1.amazonaws.com/crafter-profile';
const settings = { linkAllowList: 'https://app.example.com/, https://other.example.com' };
const template = { Metadata: { 'serverless-profile': { version: '0.2.0', settings } } };

test('a deployed stage is tried at its own address, with a page that its mails may lead to', async () => {
  cloudFormation.use({ ...data, 'ServerlessProfile-dev-Api': { outputs: { ApiUrl }, template } });
  expect(await installationAt(deployed)).toEqual({
    url: ApiUrl,
    link: 'https://app.example.com/smoke',
    mailbox: undefined,
    readLog: expect.any(Function),
  });
});

test('or at another address of it, with any page where it does not say which', async () => {
  cloudFormation.use({ ...data, 'ServerlessProfile-dev-Api': { outputs: { ApiUrl } } });
  expect(await installationAt({ ...deployed, url: 'https://profiles.example.com' })).toMatchObject({
    url: 'https://profiles.example.com',
    link: 'https://example.com/smoke',
  });
});

test('a stage whose API is not deployed is said to be so', async () => {
  cloudFormation.use(data);
  await expect(installationAt(deployed)).rejects.toThrow(
    'The API of stage "dev" is not deployed: "npm run deploy -- --stage dev"',
  );
});

test('a local stack is tried at its address, with its context path', async () => {
  const directory = join(process.cwd(), 'stack');
  const environment = { CONTEXT_PATH: '/profiles', AWS_ENDPOINT_URL_SES: 'http://127.0.0.1:8005' };
  recordRunningStack(directory, { pid: process.pid, url: 'http://127.0.0.1:8080', environment });
  const where = { local: false, directory, stage: 'dev' };
  expect(await installationAt(where)).toEqual({
    url: 'http://127.0.0.1:8080/profiles',
    link: 'https://example.com/smoke',
    mailbox: 'http://127.0.0.1:8005',
    readLog: undefined,
  });
  expect(await apiUrlOf(where)).toBe('http://127.0.0.1:8080/profiles');
});
