import { count, publish } from '../../../functions/shared/config/metrics.ts';
import { type CapturedOutput, captureOutput } from '../../support/captured-output.ts';

let output: CapturedOutput;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => {
  output.release();
  delete process.env.STAGE;
});

test('a metric is one line in the embedded format, with the stage as its dimension', () => {
  process.env.STAGE = 'production';
  const before = Date.now();
  count('MailSent', 'MailFailed');
  const [line, ...others] = output.records();
  expect(line).toEqual({
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: 'ServerlessProfile',
          Dimensions: [['stage']],
          Metrics: [
            { Name: 'MailSent', Unit: 'Count' },
            { Name: 'MailFailed', Unit: 'Count' },
          ],
        },
      ],
    },
    stage: 'production',
    MailSent: 1,
    MailFailed: 1,
  });
  expect(line._aws.Timestamp).toBeGreaterThanOrEqual(before);
  expect(others).toEqual([]);
  expect(output.text()).toMatch(/^\{.*\}\n$/);
});

test('where there is no stage, nothing is published', () => {
  publish({ MailSent: 1 });
  expect(output.text()).toBe('');
});
