import { channel } from 'node:diagnostics_channel';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TRAIL } from '../../../functions/shared/audit/trail.ts';
import { keepTrail, keptTrail } from '../../../lib/local/audit-file.ts';

let directory: string;
let end: () => void = () => undefined;
const told: string[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'audit-file-'));
  told.length = 0;
});
afterEach(() => {
  end();
  rmSync(directory, { recursive: true, force: true });
});

const keepIn = (where: string | undefined) => {
  end = keepTrail(where, (line) => told.push(line));
};
const leave = (record: object) => channel(TRAIL).publish(record);
const numbers = () => keptTrail(directory).map((line) => JSON.parse(line).number);

test('records are kept in their order, for the eyes of their owner, until keeping ends', () => {
  expect(keptTrail(directory)).toEqual([]);
  keepIn(directory);
  for (const number of [1, 2, 3]) leave({ number });
  end();
  leave({ number: 4 });
  expect([numbers(), told]).toEqual([[1, 2, 3], []]);
  if (process.platform !== 'win32') expect(statSync(join(directory, 'audit.jsonl')).mode & 0o077).toBe(0);
});

test('of too many the oldest go, and two files stay', () => {
  keepIn(directory);
  const text = 'x'.repeat(1024 * 1024);
  for (let number = 0; number < 35; number++) leave({ number, text });
  expect(readdirSync(directory).sort()).toEqual(['audit.1.jsonl', 'audit.jsonl']);
  expect(numbers()).toEqual(Array.from({ length: 15 }, (_, at) => at + 20));
});

test('without a folder nothing is kept, and without room it is told', () => {
  keepIn(undefined);
  leave({ number: 1 });
  end();
  expect(numbers()).toEqual([]);
  keepIn(join(directory, 'gone'));
  leave({ number: 2 });
  expect(told).toEqual([expect.stringContaining('A record of the audit trail could not be kept in ')]);
});
