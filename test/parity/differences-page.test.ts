import { readFileSync } from 'node:fs';
import { differencesTable } from './differences-table.ts';

test('the page of differences lists those that are intended', () => {
  const page = readFileSync('docs/differences.md', 'utf8');
  const section = /<!-- differences -->\s*([\s\S]*?)\s*<!-- \/differences -->/.exec(page);
  expect(section?.[1]).toBe(differencesTable());
});
