import { assertThat, invalidQuery } from '../../../errors/api-error.ts';
import type { Query, Test } from './tree.ts';
import type { Path } from './value.ts';

const tenantFields: ReadonlySet<string> = new Set(['tenant', 'tenantId']);
const secretField = /^(?:password|failedLoginAttempts|lastFailedLogin)/;

/**
 * Refuses a query that would read what its caller may not (contract 6.7 and 9.1 #11-#15): the rules on `tenant` and on
 * unreadable attributes hold for fields at every depth, so also under `$elemMatch`; those on internal fields for paths
 * of the profile. Other fields that a profile does not have are no error: they are missing.
 * `mayRead` decides by attribute name, also for a name without definition (contract 4.3).
 */
export function checkQuery(query: Query, mayRead: (attribute: string) => boolean): void {
  for (const { path, isOfProfile } of fieldsOf(query, true)) {
    const [field = '', attribute] = path;
    assertThat(!tenantFields.has(field), () => invalidQuery(`The query must not use field "${field}"`));
    if (field === 'attributes' && attribute !== undefined) {
      assertThat(mayRead(attribute), () => invalidQuery(`The query must not use attribute "${attribute}"`));
    }
    if (isOfProfile) checkProfilePath(path);
  }
}

function checkProfilePath([field = '', ...rest]: Path): void {
  assertThat(!secretField.test(field), () => invalidQuery(`The query must not use field "${field}"`));
  assertThat(field !== 'attributes' || rest.length > 0, () =>
    invalidQuery('The query must name an attribute, not "attributes" as a whole'),
  );
}

interface Field {
  readonly path: Path;
  /** False below `$elemMatch`, where paths start from an element. */
  readonly isOfProfile: boolean;
}

function* fieldsOf(query: Query, isOfProfile: boolean): Generator<Field> {
  if (query.kind !== 'field') {
    for (const clause of query.clauses) yield* fieldsOf(clause, isOfProfile);
    return;
  }
  yield { path: query.path, isOfProfile };
  for (const nested of elementQueriesOf(query.test)) yield* fieldsOf(nested, false);
}

function elementQueriesOf(test: Test): readonly Query[] {
  switch (test.kind) {
    case 'not':
    case 'elementTest':
      return elementQueriesOf(test.test);
    case 'all':
      return test.tests.flatMap(elementQueriesOf);
    case 'elementQuery':
      return [test.query];
    default:
      return [];
  }
}
