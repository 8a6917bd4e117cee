import { readFileSync } from 'node:fs';
import { differencesTable } from './differences-table.ts';

test('README lists the intended differences', () => {
  const section = /<!-- differences -->\s*([\s\S]*?)\s*<!-- \/differences -->/.exec(readFileSync('README.md', 'utf8'));
  expect(section?.[1]).toBe(differencesTable());
});
