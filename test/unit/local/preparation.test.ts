import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../../lib/local/engine.ts';
import { prepareStart } from '../../../lib/local/preparation.ts';

let root: string;
let directory: string;
// What an engine of our own leaves, also where the environment names another one.
beforeAll(() => {
  delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'preparation-'));
  directory = join(root, 'data');
});
afterEach(() => rmSync(root, { recursive: true }));

async function keepData(): Promise<void> {
  mkdirSync(join(directory, 's3/attachments'), { recursive: true });
  await (await startEngine({ databaseFile: join(directory, 'dynamodb.sqlite') })).stop();
}

function file(content: unknown): string {
  const path = join(root, 'data.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const everything = () => readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => [name, bytesOf(name)]);
function bytesOf(name: string): string {
  try {
    return readFileSync(join(root, name), 'base64');
  } catch {
    return 'a folder';
  }
}

test.each([
  ['that is not there', () => join(root, 'typo.json'), /^"\S+typo.json" does not exist$/],
  ['in which nothing is', () => root, /^Nothing of Crafter Profile or of another identity store is in/],
  ['that is no JSON', () => file('nothing'), /data.json/],
  ['that is cut off', () => file('{"tenant": ['), /data.json/],
  [
    'with a wrong document',
    () => file({ tenant: [{ name: {} }] }),
    /cannot be loaded as it is:\n.*tenant, name: is no text/,
  ],
  [
    'with a profile of no tenant',
    () => file({ profile: [{ username: 'mara', tenant: 'corp' }] }),
    /profile, tenant: its tenant is neither in the files nor here/,
  ],
])('data %s are refused before anything is removed', async (_what, path, message) => {
  await keepData();
  const dataFile = path();
  const before = everything();
  await expect(prepareStart({ port: 0, directory, fresh: true, dataFile })).rejects.toThrow(message);
  expect(everything()).toEqual(before);
});

test('data are not loaded beside those that are kept', async () => {
  await keepData();
  const dataFile = file({ tenant: [{ name: 'corp' }] });
  await expect(prepareStart({ port: 0, directory, dataFile })).rejects.toThrow(/^There are data already: add --fresh/);
  const fresh = await prepareStart({ port: 0, directory, dataFile, fresh: true });
  expect([fresh.dataFile, fresh.keptSince]).toEqual([dataFile, undefined]);
  const memory = await prepareStart({ port: 0, directory, dataFile, memory: true });
  expect([memory.dataFile, memory.keptSince]).toEqual([dataFile, undefined]);
});

test('nothing is started with beside data that are kept', async () => {
  await keepData();
  await expect(prepareStart({ port: 0, directory, isEmpty: true })).rejects.toThrow(/^There are data already/);
  expect(await prepareStart({ port: 0, directory, isEmpty: true, fresh: true })).toMatchObject({ isEmpty: true });
});

test('a taken port is found before anything is made', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(prepareStart({ port, directory })).rejects.toThrow(`Port ${port} is taken`);
  expect(readdirSync(root)).toEqual([]);
  server.close();
});

test('a port that the system does not give is not called taken', async () => {
  const listen = jest.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    process.nextTick(() => this.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })));
    return this;
  });
  await expect(prepareStart({ port: 80, directory })).rejects.toThrow(
    'Port 80 is one that this system lets nobody but its administrator use, or keeps to itself: choose another one with --port N',
  );
  listen.mockRestore();
});

test('a DynamoDB of the environment that cannot be one is refused before anything is made', async () => {
  const variable = 'AWS_ENDPOINT_URL_DYNAMODB';
  const given = process.env[variable];
  process.env[variable] = 'localhost:8000';
  await expect(prepareStart({ port: 0, directory })).rejects.toThrow('write http://localhost:8000');
  expect(readdirSync(root)).toEqual([]);
  delete process.env[variable];
  if (given !== undefined) process.env[variable] = given;
});

test('only a start on no data at all begins empty', async () => {
  expect(await prepareStart({ port: 0, directory })).toMatchObject({ startsEmpty: true });
  await keepData();
  expect(await prepareStart({ port: 0, directory })).toMatchObject({ startsEmpty: false });
  expect(await prepareStart({ port: 0, directory, fresh: true })).toMatchObject({ startsEmpty: true });
});

test('a missing engine is found before anything is made', async () => {
  const { PATH } = process.env;
  const project = process.cwd();
  process.env.PATH = '';
  process.chdir(root);
  try {
    await expect(prepareStart({ port: 0, directory })).rejects.toThrow(/^No DynamoDB engine for \S+ is installed here/);
    expect(readdirSync(root)).toEqual([]);
  } finally {
    process.chdir(project);
    process.env.PATH = PATH;
  }
});

describe('the one stack of a folder', () => {
  function heldBy(stack: object): void {
    mkdirSync(directory);
    writeFileSync(join(directory, 'serverless-profile.json'), '{"madeBy":"serverless-profile"}');
    writeFileSync(join(directory, 'stack.json'), JSON.stringify(stack));
  }
  const ownPid = { pid: process.pid, url: 'http://x', environment: {} };

  test("may be somebody else's", async () => {
    const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });
    heldBy({ pid: 1, url: 'http://x', environment: {} });
    await expect(prepareStart({ port: 0, directory, fresh: true })).rejects.toThrow('A local stack runs already');
    kill.mockRestore();
  });

  test('may be on its way', async () => {
    heldBy({ pid: process.ppid });
    await expect(prepareStart({ port: 0, directory, fresh: true })).rejects.toThrow(
      `A local stack is being started already (by process ${process.ppid}, says ${join(directory, 'stack.json')}): stop it first`,
    );
    expect(await prepareStart({ port: 0, directory, memory: true })).toMatchObject({ isRecorded: false });
  });

  test('is not a dead one whose process had the id of this one', async () => {
    heldBy(ownPid);
    expect(await prepareStart({ port: 0, directory })).toMatchObject({ isRecorded: true });
  });
});
