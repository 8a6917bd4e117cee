import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { readBson } from '../../../../lib/import/read/bson-file.ts';
import { plainBytes } from '../../../../lib/import/read/bytes.ts';
import { readJson } from '../../../../lib/import/read/json-file.ts';
import { byteFile, told } from '../../../support/byte-files.ts';
import { bsonOf } from '../../../support/mongodump.ts';

const lines = Array.from({ length: 3000 }, (_, a) => ({ a, noise: randomBytes(20).toString('hex') }));
const json = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const packed = gzipSync(json);

test('a packed file is unpacked by what it begins with', async () => {
  expect(await told(readJson(byteFile('p.json.gz', packed), undefined))).toEqual(lines);
  expect(await told(readJson(byteFile('p.json', packed, 1, 2), undefined))).toEqual(lines);
  expect(await told(readJson(byteFile('p.json.gz', json), undefined))).toEqual(lines);
  expect(await told(readBson(byteFile('p.bson.gz', gzipSync(bsonOf({ a: 1 })))))).toEqual([{ a: 1 }]);
});

test('files that were packed one by one and put together are one', async () => {
  const both = Buffer.concat([gzipSync('{"a":1}\n'), gzipSync('{"a":2}\n')]);
  expect(await told(readJson(byteFile('p.json.gz', both), undefined))).toEqual([{ a: 1 }, { a: 2 }]);
});

test('a BSON file that begins like a packed one is BSON', async () => {
  const filler = bsonOf({ a: '' }).length;
  const document = { a: 'x'.repeat(0x088b1f - filler) };
  const bytes = bsonOf(document);
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0x1f, 0x8b, 8]));
  expect(await told(readBson(byteFile('p.bson', bytes)))).toEqual([document]);
});

test('a packed file that is cut off gives all that came before', async () => {
  const all = await told(readJson(byteFile('p.json.gz', packed.subarray(0, 40_000)), undefined));
  expect(all.length).toBeGreaterThan(1000);
  expect(all.slice(0, -1)).toEqual(lines.slice(0, all.length - 1));
  expect(all.at(-1)).toMatch(/^\d+, after number \d+: the file is cut off: a packed file ends before its end$/);
});

test('a packed file that is damaged gives what came before', async () => {
  const bytes = Buffer.from(packed);
  bytes.fill(0xff, 40_000, 40_050);
  const all = await told(readJson(byteFile('p.json.gz', bytes), undefined));
  expect(all[0]).toEqual(lines[0]);
  expect(all.at(-1)).toMatch(/the file is damaged: it cannot be unpacked$/);
});

test('what unpacks to more than the bound is read up to there', async () => {
  const bytes = gzipSync(Buffer.alloc(1_000_000));
  let length = 0;
  await expect(async () => {
    for await (const chunk of plainBytes(byteFile('p.gz', bytes), undefined, 200_000)) length += chunk.length;
  }).rejects.toThrow('is more than 200000 bytes when it is unpacked');
  expect(length).toBeGreaterThan(0);
  expect(length).toBeLessThanOrEqual(200_000);
});

test('bytes are told as they lie there', async () => {
  const heard: number[] = [];
  for await (const _ of plainBytes(byteFile('p.gz', packed, 100, 1000), (bytes) => heard.push(bytes)));
  expect(heard).toEqual([100, 1000, packed.length]);
});
