import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Document, EJSON } from 'bson';
import { manyProfiles, manyTenants } from '../support/many-documents.ts';
import { runScript } from '../support/run-script.ts';

const SIZE = 150_000;
/** Left alone, it would take some 350,000; each profile takes 32 bytes of it for good. */
const LIMIT_KILOBYTES = 250_000;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'import-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

async function write(collection: string, documents: Iterable<Document>): Promise<void> {
  function* lines() {
    for (const document of documents) yield `${EJSON.stringify(document)}\n`;
  }
  await pipeline(Readable.from(lines()), createWriteStream(join(directory, `${collection}.json`)));
}

test('the memory that an import takes does not grow with what it has read', async () => {
  const many = { profiles: SIZE, tenants: 1 };
  await write('tenant', manyTenants(many));
  await write('profile', manyProfiles(many));
  const { stdout } = runScript('test/support/dry-run.ts', [directory]);
  const { profiles, kilobytes } = JSON.parse(stdout);
  expect(profiles).toBe(SIZE);
  expect(kilobytes).toBeLessThan(LIMIT_KILOBYTES);
}, 240_000);
