import { randomUUID } from 'node:crypto';
import { onceARun } from '../../run/once-a-run.ts';

test('what the first one makes is what all others get', () => {
  const name = `test-${randomUUID()}`;
  expect(onceARun(name, () => 'made')).toBe('made');
  expect(onceARun(name, () => 'made again')).toBe('made');
});

test('what could not be made is tried by the next one', () => {
  const name = `test-${randomUUID()}`;
  const failing = () => {
    throw new Error('it cannot');
  };
  expect(() => onceARun(name, failing)).toThrow('it cannot');
  expect(onceARun(name, () => 'made')).toBe('made');
});
