import { Query } from 'mingo';
import { matches } from '../../../../functions/shared/domain/profile-list/query/match.ts';
import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import { profileWith } from './fixtures.ts';
import { differences } from './mingo-differences.ts';
import { documents, nameOf, queries } from './operator-queries.ts';

const named = queries.map((query) => [nameOf(query), query] as const);
const byName = new Map(named);

/** The documents that fulfil a query, each asked by itself. */
const found = (isMatch: (attributes: object) => boolean) =>
  [...documents].filter(([, attributes]) => isMatch(attributes)).map(([document]) => document);

/** As an independent reader of the same queries finds them, but for the rows of the table of differences. */
function expected(name: string, query: object): readonly string[] {
  const reader = new Query({ ...query });
  const answers = new Map(found((attributes) => reader.test({ attributes })).map((document) => [document, true]));
  for (const [of, isMatch, ...corrected] of differences.flatMap(([, rows]) => rows))
    if (of === name) for (const document of corrected) answers.set(document, isMatch);
  return [...documents.keys()].filter((document) => answers.get(document));
}

test.each(named)('%s finds what MongoDB finds', (name, query) => {
  const parsed = parseQuery(JSON.stringify(query));
  expect(found((attributes) => matches(parsed, profileWith({ attributes })))).toEqual(expected(name, query));
});

test('every query and every document differs from the others', () => {
  expect([byName.size, documents.size]).toEqual([queries.length, 15]);
  expect(queries.length).toBeGreaterThanOrEqual(170);
});

test.each(differences)('the library breaks the rule: %s', (_, rows) => {
  for (const [name, isMatch, ...corrected] of rows) {
    const reader = new Query({ ...byName.get(name) });
    for (const document of corrected)
      expect([name, document, reader.test({ attributes: documents.get(document) })]).toEqual([
        name,
        document,
        !isMatch,
      ]);
  }
});
