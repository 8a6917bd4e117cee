import { isObjectId, newObjectId } from '../../../functions/shared/domain/values/object-id.ts';

test('an id starts with the second of its making', () => {
  const id = newObjectId(1_500_000_000_999);
  expect(id).toMatch(/^[0-9a-f]{24}$/);
  expect(Number.parseInt(id.slice(0, 8), 16)).toBe(1_500_000_000);
});

test('ids are all different, and sort as they were made while the counter runs', () => {
  const ids = Array.from({ length: 5_000 }, () => newObjectId(1_500_000_000_000));
  expect(new Set(ids).size).toBe(ids.length);
  const steps = ids.slice(1).filter((id, index) => id > (ids[index] ?? ''));
  // Once in 16 million ids the counter starts over.
  expect(steps.length).toBeGreaterThanOrEqual(ids.length - 2);
});

test.each([
  ['592715d4d4c650e226b03b62', true],
  ['592715D4D4C650E226B03B62', true],
  ['592715d4d4c650e226b03b6', false],
  ['592715d4d4c650e226b03b622', false],
  ['592715d4d4c650e226b03b6g', false],
  ['592715d4d4c650e226b03b62\n', false],
  ['', false],
])('"%s" can be an id: %s', (text, expected) => {
  expect(isObjectId(text)).toBe(expected);
});
