import { tmpdir } from 'node:os';
import { startEngine } from '../../../lib/local/engine.ts';

const variable = 'AWS_ENDPOINT_URL_DYNAMODB';
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env[variable];
});

test('an engine that the environment names is used, and outlives us', async () => {
  process.env[variable] = 'http://127.0.0.1:8000';
  const engine = await startEngine();
  await engine.stop();
  expect(engine.url).toBe('http://127.0.0.1:8000');
});

test('without an engine for this platform one line says what to do', async () => {
  jest.spyOn(process, 'cwd').mockReturnValue(tmpdir());
  await expect(startEngine()).rejects.toThrow(
    /^The embedded DynamoDB engine is not installed .* Start DynamoDB Local instead and say where: AWS_ENDPOINT_URL_DYNAMODB=http:\/\/127\.0\.0\.1:8000$/,
  );
});

test('an engine that is started answers, and ends when it is told to', async () => {
  const engine = await startEngine();
  expect((await fetch(engine.url)).status).toBeGreaterThan(0);
  await engine.stop();
  await expect(fetch(engine.url)).rejects.toThrow();
});
