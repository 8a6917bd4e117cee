import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepOutputs } from '../../../lib/deployment/outputs-file.ts';
import { settleRegion } from '../../../lib/deployment/region.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { inScratchDirectory } from '../../support/scratch-directory.ts';

inScratchDirectory();

const before = { ...process.env };
afterAll(() => {
  process.env = before;
});

interface Given {
  readonly region?: string;
  readonly byDefault?: string;
  readonly profiles?: string;
  readonly deployedTo?: string;
}

function given({ region, byDefault, profiles = '', deployedTo }: Given): void {
  process.env = { ...before, AWS_CONFIG_FILE: join(process.cwd(), 'config'), AWS_PROFILE: 'mine' };
  for (const [name, value] of [
    ['AWS_REGION', region],
    ['AWS_DEFAULT_REGION', byDefault],
  ] as const)
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  writeFileSync('config', profiles);
  if (deployedTo === undefined) return;
  const ProfilesTableArn = `arn:aws:dynamodb:${deployedTo}:123456789012:table/x`;
  writeFileSync('written.json', JSON.stringify({ 'ServerlessProfile-dev-Data': { ProfilesTableArn } }));
  keepOutputs('written.json');
}

const profiles = '[default]\nregion = us-east-2\n[profile mine]\nregion = eu-west-3\n';

test.each<[Given, string]>([
  [{ region: 'eu-north-1', byDefault: 'eu-west-1', profiles, deployedTo: 'sa-east-1' }, 'eu-north-1'],
  [{ region: '', byDefault: 'eu-west-1', profiles, deployedTo: 'sa-east-1' }, 'eu-west-1'],
  [{ profiles, deployedTo: 'sa-east-1' }, 'eu-west-3'],
  [{ deployedTo: 'sa-east-1' }, 'sa-east-1'],
])('of %j it is %s, for this process and those that it starts', async (places, region) => {
  given(places);
  expect(await settleRegion('dev')).toBe(region);
  expect(process.env.AWS_REGION).toBe(region);
});

test('none is told', async () => {
  given({});
  await expect(settleRegion('dev')).rejects.toThrow(
    new UsageError('There is no AWS region: set AWS_REGION, for example to eu-central-1'),
  );
});

test('another stage was deployed somewhere else', async () => {
  given({ deployedTo: 'sa-east-1' });
  await expect(settleRegion('production')).rejects.toThrow(UsageError);
});

test('outputs of one stage do not push those of another one out', async () => {
  given({ deployedTo: 'sa-east-1' });
  writeFileSync(
    'more.json',
    '{"ServerlessProfile-production-Data":{"ProfilesTableArn":"arn:aws:dynamodb:eu-west-1:1:table/y"}}',
  );
  keepOutputs('more.json');
  expect(await settleRegion('dev')).toBe('sa-east-1');
  delete process.env.AWS_REGION;
  expect(await settleRegion('production')).toBe('eu-west-1');
});
