import fc from 'fast-check';
import { literalPrefixOf } from '../../../../functions/shared/domain/profile-list/query/literal-prefix.ts';
import { PatternCompiler } from '../../../../functions/shared/domain/profile-list/query/pattern.ts';
import { runs } from '../../../support/thoroughness.ts';

test.each([
  ['^abc', 'abc'],
  ['^abc$', 'abc'],
  ['^ab.*', 'ab'],
  ['^abc?', 'ab'],
  ['^abc*d', 'ab'],
  ['^abc+', 'ab'],
  ['^abc{2}', 'ab'],
  ['^ab[cd]', 'ab'],
  ['^ab(cd)', 'ab'],
  ['^a\\.b\\$', 'a.b$'],
  ['^a\\.?b', 'a'],
  ['^\\+49', '+49'],
  ['^a\\d', 'a'],
  ['^a\\Qb\\E', 'a'],
  ['^\u{1f600}x', '\u{1f600}x'],
  ['^a\u{1f600}?', 'a'],
  ['^a_b-c d', 'a_b-c d'],
])('all that %s matches begins with %s', (source, prefix) => {
  expect(literalPrefixOf(source, '')).toBe(prefix);
  expect(literalPrefixOf(source, 's')).toBe(prefix);
});

test.each([
  ['abc', ''],
  ['^', ''],
  ['^.*', ''],
  ['^*a', ''],
  ['^?a', ''],
  ['^a?', ''],
  ['^a|b', ''],
  ['^a\\|b', ''],
  ['^(?i)abc', ''],
  ['(?i)^abc', ''],
  ['^\\wabc', ''],
  ['^abc', 'i'],
  ['^abc', 'm'],
  ['^abc', 'si'],
])('nothing is known of what %s with "%s" matches', (source, options) => {
  expect(literalPrefixOf(source, options)).toBeUndefined();
});

const piece = fc.constantFrom(
  'a',
  'b',
  '.',
  '*',
  '+',
  '?',
  '{1}',
  '{',
  '}',
  '[ab]',
  '(',
  ')',
  '|',
  '\\',
  '\\.',
  '\\d',
  '$',
  '^',
  '\u{1f600}',
);
const text = fc.array(fc.constantFrom('a', 'b', '.', '1', '{', '}', '|', '\u{1f600}', '\n'), { maxLength: 6 });

test('whatever a pattern matches begins with its prefix', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }),
      fc.constantFrom('', 's', 'm', 'i'),
      text,
      (pieces, options, characters) => {
        const source = `^${pieces.join('')}`;
        const prefix = literalPrefixOf(source, options);
        const subject = characters.join('');
        let pattern: (subject: string) => boolean;
        try {
          pattern = new PatternCompiler().compile(source, options);
        } catch {
          return;
        }
        if (prefix !== undefined && pattern(subject)) expect(subject.startsWith(prefix)).toBe(true);
      },
    ),
    { numRuns: runs(50_000) },
  );
});
