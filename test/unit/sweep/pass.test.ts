import { firstPass, passAfter } from '../../../functions/shared/domain/sweep/pass.ts';

const beganAtMs = 1_700_000_000_000;
const all = firstPass(7, beganAtMs);
const recent = { ...all, scope: 'recent', after: '1699999700000', dueAtMs: 5 } as const;

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
