import { firstPass, passAfter, startOf } from '../../../functions/shared/domain/sweep/pass.ts';

const beganAtMs = 1_700_000_000_000;
const all = firstPass(7, beganAtMs);
const recent = { ...all, scope: 'recent', after: undefined, dueAtMs: 5 } as const;

test('a page that is not the last one leads to the next, and what it found is kept', () => {
  expect(passAfter(all, { next: 'k', found: true, left: [] }, 5)).toEqual({ ...all, after: 'k', found: true });
  expect(passAfter({ ...all, found: true }, { next: 'k', found: false, left: [] }, 5)).toEqual({
    ...all,
    after: 'k',
    found: true,
  });
});

test.each([true, false])(
  'behind all profiles the recent ones follow after the quiet time, found or not: %s',
  (found) => {
    expect(passAfter(all, { next: undefined, found, left: [] }, 5)).toEqual(recent);
  },
);

test.each([
  ['on the last page', false, true],
  ['on an earlier page', true, false],
])('recent profiles are looked at again where something was found %s', (_, before, now) => {
  expect(passAfter({ ...recent, found: before }, { next: undefined, found: now, left: [] }, 9)).toEqual({
    ...recent,
    dueAtMs: 9,
  });
});

test('the end is a look at the recent profiles that found nothing', () => {
  expect(passAfter(recent, { next: undefined, found: false, left: [] }, 9)).toBeUndefined();
});

test('a pass begins with the first profile, its second look shortly before the sweep began, and a page behind the last', () => {
  expect(startOf(all)).toEqual({ after: undefined, sinceMs: undefined });
  expect(startOf(recent)).toEqual({ after: undefined, sinceMs: 1_699_999_700_000 });
  expect(startOf({ ...recent, after: 'k' })).toMatchObject({ after: 'k' });
});

test('who could not be done is kept until all others are, and then tried alone, as often as there is anybody', () => {
  const further = passAfter(all, { next: 'k', found: false, left: ['a'] }, 5);
  expect(further).toEqual({ ...all, after: 'k', left: ['a'] });
  const alone = { ...all, scope: 'left', left: ['a', 'b'] } as const;
  expect(passAfter({ ...all, after: 'k', left: ['a'] }, { next: undefined, found: false, left: ['b'] }, 5)).toEqual(
    alone,
  );
  expect(passAfter(recent, { next: undefined, found: false, left: ['b'] }, 5)).toMatchObject({ scope: 'left' });
  expect(passAfter(alone, { next: undefined, found: true, left: ['b'] }, 9)).toMatchObject({
    scope: 'left',
    left: ['b'],
  });
  expect(passAfter(alone, { next: undefined, found: true, left: [] }, 5)).toEqual(recent);
});
