import { handler } from '../../../functions/sweep-tenants.ts';

afterEach(() => jest.restoreAllMocks());

test('a call that fails says why in its log, and nothing in what it throws, which Lambda logs as it is', async () => {
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  const call = handler({}, { awsRequestId: 'aws-request', getRemainingTimeInMillis: () => 1000 });
  await expect(call).rejects.toThrow(new Error('The call failed: its log says why'));
  expect(written.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      message: 'Unexpected failure',
      operation: 'sweep-tenants',
      awsRequestId: 'aws-request',
      error: expect.objectContaining({
        name: 'ConfigurationError',
        message: 'Configuration: PROFILES_TABLE is missing; ATTACHMENTS_BUCKET is missing',
      }),
    }),
  ]);
});
