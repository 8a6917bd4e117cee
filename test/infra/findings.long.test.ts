import { Topic } from 'aws-cdk-lib/aws-sns';
import { contexts } from './contexts.ts';
import { synthesise, withEnvironment } from './synthesis.ts';

test.each([{}, contexts.production])(
  'neither cdk-nag nor CDK itself finds anything without a reason: %j',
  (context) => {
    expect(() => synthesise({ ...context, '@aws-cdk/core:validateAgainstDefaultRules': true })).not.toThrow();
  },
);

test('a finding of cdk-nag without a reason fails the synthesis', () => {
  withEnvironment({}, (app, { data: stack }) => {
    new Topic(stack, 'Leak');
    expect(() => app.synth()).toThrow('AwsSolutions-SNS3');
  });
});
