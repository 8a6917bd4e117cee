import * as z from 'zod/mini';
import {
  addedLater,
  everyFieldOf,
  textSet,
  textSetOf,
} from '../../../functions/shared/repositories/dynamodb/stored.ts';

interface Thing {
  readonly name: string;
  readonly note?: string | undefined;
}

test('a field that the type has and the schema lacks does not compile, an optional one neither', () => {
  // @ts-expect-error a required field is missing
  everyFieldOf<Thing>()({ note: z.optional(z.string()) });
  // @ts-expect-error an optional field is missing
  everyFieldOf<Thing>()({ name: z.string() });
  // @ts-expect-error an optional field that items from before it lack is required
  everyFieldOf<Thing>()({ name: z.string(), note: z.string() });
  // @ts-expect-error a field is of another type
  everyFieldOf<Thing>()({ name: z.number(), note: z.optional(z.string()) });
  // @ts-expect-error the type has no such field
  everyFieldOf<Thing>()({ name: z.string(), note: z.optional(z.string()), more: z.string() });
  const complete = everyFieldOf<Thing>()({ name: z.string(), note: z.optional(z.string()) });
  const thing: Thing = z.parse(complete, { pk: 'THING', name: 'a' });
  expect(thing).toEqual({ name: 'a' });
});

test('an item from before a required field has the value that was given for it', () => {
  interface Newer extends Thing {
    readonly colour: 'red' | 'blue';
    readonly tags: readonly string[];
  }
  const newer = everyFieldOf<Newer>()({
    name: z.string(),
    note: z.optional(z.string()),
    colour: addedLater(z.enum(['red', 'blue']), 'red'),
    tags: addedLater(z.array(z.string()), []),
  });
  expect(z.parse(newer, { name: 'old' })).toEqual({ name: 'old', colour: 'red', tags: [] });
  expect(z.parse(newer, { name: 'new', colour: 'blue', tags: ['a'] })).toMatchObject({ colour: 'blue', tags: ['a'] });
  expect(() => z.parse(newer, { name: 'damaged', colour: 'green' })).toThrow('colour');
});

test('a list that is stored as a set is absent where it is empty', () => {
  expect([textSetOf([]), z.parse(textSet(), undefined)]).toEqual([undefined, []]);
  expect(z.parse(textSet(), textSetOf(['a', 'b']))).toEqual(['a', 'b']);
});
