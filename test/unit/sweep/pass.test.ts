import { firstPass, passAfter, startOf } from '../../../functions/shared/domain/sweep/pass.ts';

const beganAtMs = 1_700_000_000_000;
const all = firstPass(7, beganAtMs);
const recent = { ...all, scope: 'recent', after: undefined, dueAtMs: 5 } as const;

test('a page that is not the last one leads to the next, and what it found is kept', () => {
  expect(passAfter(all, { next: 'k', found: true }, 5)).toEqual({ ...all, after: 'k', found: true });
  expect(passAfter({ ...all, found: true }, { next: 'k', found: false }, 5)).toEqual({
    ...all,
    after: 'k',
    found: true,
  });
});

test.each([true, false])(
  'behind all profiles the recent ones follow after the quiet time, found or not: %s',
  (found) => {
    expect(passAfter(all, { next: undefined, found }, 5)).toEqual(recent);
  },
);

test.each([
  ['on the last page', false, true],
  ['on an earlier page', true, false],
])('recent profiles are looked at again where something was found %s', (_, before, now) => {
  expect(passAfter({ ...recent, found: before }, { next: undefined, found: now }, 9)).toEqual({
    ...recent,
    dueAtMs: 9,
  });
});

test('the end is a look at the recent profiles that found nothing', () => {
  expect(passAfter(recent, { next: undefined, found: false }, 9)).toBeUndefined();
});

test('a pass begins with the first profile, its second look shortly before the sweep began, and a page behind the last', () => {
  expect(startOf(all)).toEqual({ after: undefined, sinceMs: undefined });
  expect(startOf(recent)).toEqual({ after: undefined, sinceMs: 1_699_999_700_000 });
  expect(startOf({ ...recent, after: 'k' })).toMatchObject({ after: 'k' });
});
