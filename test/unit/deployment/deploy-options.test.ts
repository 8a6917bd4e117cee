import { readDeployOptions } from '../../../lib/deployment/deploy-options.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { runScript, withArguments } from '../../support/run-script.ts';

const read = (...words: readonly string[]) => withArguments(words, readDeployOptions);

test('without anything the stage dev is deployed as its file says', async () => {
  expect(await read()).toMatchObject({ stage: 'dev', settings: {}, once: false, yes: false });
});

test('settings and stage may be given as CDK has them', async () => {
  expect(await read('-c', 'stage=production', '-c', 'lockMinutes=5', '--context', 'lockMinutes=a=b')).toMatchObject({
    stage: 'production',
    settings: { lockMinutes: 'a=b' },
  });
});

test.each([
  [['--stage', 'Prod!'], 'stage="Prod!" must be 1 to 20 lower-case letters, digits and dashes and start with a letter'],
  [['--stage', ''], 'stage="" must be 1 to 20 lower-case letters, digits and dashes and start with a letter'],
  [['--stage', 'a', '-c', 'stage=b'], '--stage a and -c stage=b name two stages: give one of them'],
  [['-c', 'mailSendr=x'], 'There is no setting "mailSendr"; did you mean "mailSender"?'],
  [['-c', 'mailSender'], '-c mailSender has no value: it is -c mailSender=value'],
  [['--profile', ''], '--profile is empty: give it a value'],
  [['--stagge', 'x'], 'There is no option "--stagge"; did you mean "--stage"?'],
  [['production'], '"production" belongs to no option'],
])('%j is refused', async (words, message) => {
  await expect(read(...words)).rejects.toThrow(UsageError);
  await expect(read(...words)).rejects.toThrow(message);
});

test.each([
  [[], 'Stage nowhere has no sender of mail: write "mailSender": "noreply@…"'],
  [['-c', 'mailSender=noreply@your-domain.example'], 'stands for an address of your own'],
  [['-c', 'mailSender=sender@invalid'], 'stands for an address of your own'],
  [['-c', 'mailSender=Us <us@company.org>'], 'must be a plain address'],
  [['-c', 'mailSender=us'], 'must be an e-mail address'],
  [['-c', 'mailSender=us@company.org'], 'There is no terminal to ask on: give --yes'],
])('%j ends as wrongly called, before AWS is asked for anything', (words, message) => {
  const { status, stderr, stdout } = runScript('bin/deploy.ts', ['--stage', 'nowhere', ...words]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});
