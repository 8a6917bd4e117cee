import { readFileSync, writeFileSync } from 'node:fs';
import { deployVersion, dropStack, protectStack, subscribe } from './illnesses.ts';
import { illnessesOf, lineOf, type Rehearsal, stackOf } from './rehearsal.ts';

const name = {
  domainName: 'id.company.invalid',
  certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000',
};

const isTarget = ({ OutputKey }: { readonly OutputKey?: string | undefined }) => OutputKey === 'DomainTarget';

/** The rehearsed stage, which is well, under a name of its own that outlives the API; what `admin doctor` says of stacks on the way. */
export function domainSuite({ rehearse, run, stage, account }: Rehearsal): void {
  const file = `stages/${stage}.json`;
  const [api, domain] = [`ServerlessProfile-${stage}-Api`, `ServerlessProfile-${stage}-Domain`];
  const targetOf = async () => (await stackOf(stage, 'Domain'))?.Outputs?.find(isTarget)?.OutputValue;
  let target: string | undefined;

  rehearse('doctor tells of a domain name that is in the settings only', () => {
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...settings, ...name }));
    expect(illnessesOf(run)).toEqual({ status: 1, ill: { stacks: 'failed', settings: 'warning' } });
    expect(lineOf('stacks', run)).toContain('id.company.invalid is not deployed');
  });

  rehearse('a stage is deployed with a domain name, whose stack is protected as the others are', async () => {
    expect(run('deploy', '--yes')).toMatchObject({ status: 0 });
    target = await targetOf();
    expect(target).toMatch(/./);
    expect((await stackOf(stage, 'Domain'))?.EnableTerminationProtection).toBe(true);
    expect(illnessesOf(run)).toEqual({ status: 0, ill: {} });
    await protectStack(domain, false);
    expect(lineOf('stack protection', run)).toContain(`${domain} can be deleted`);
  });

  rehearse('the default address stays as long as the domain name leads nowhere', () => {
    const { status, stderr } = run('deploy', '-c', 'defaultAddress=false', '--yes');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining(`id.company.invalid does not lead to ${target} yet`),
    });
  });

  rehearse('doctor tells of a version that is not the one of the checkout', async () => {
    const version = await deployVersion(api, '0.1.9');
    expect(illnessesOf(run)).toMatchObject({ ill: { stacks: 'warning' } });
    expect(lineOf('stacks', run)).toContain(`version 0.1.9 is deployed, and this is ${version}`);
  });

  rehearse('doctor tells of an API stack that is gone, and of one that was rolled back', async () => {
    await dropStack(api);
    expect(lineOf('stacks', run)).toMatch(/^failed .* could not look: stage .* its API stack is not there/);
    account().failOnce();
    expect(run('deploy', '--yes').status).toBe(1);
    expect(lineOf('stacks', run)).toMatch(/^failed .*-Api is ROLLBACK_COMPLETE/);
  });

  rehearse(
    'an API that is made anew has the domain name of the one before, and all stacks are protected again',
    async () => {
      expect(run('deploy', '--yes')).toMatchObject({ status: 0 });
      expect(await targetOf()).toBe(target);
      await subscribe();
      expect(illnessesOf(run)).toEqual({ status: 0, ill: {} });
    },
  );

  rehearse('doctor tells of a domain name that is left', () => {
    const before = readFileSync(file, 'utf8');
    const { domainName, certificateArn, ...settings } = JSON.parse(before);
    writeFileSync(file, JSON.stringify(settings));
    expect(lineOf('stacks', run)).toMatch(/^warning .*-Domain is left, and no setting names a domain\. Delete it: /);
    writeFileSync(file, before);
  });
}
