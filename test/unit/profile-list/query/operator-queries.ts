/** What attribute `x` is, by its JSON text; the first profile lacks it. */
export const documents: ReadonlyMap<string, { readonly x?: unknown }> = new Map<string, { readonly x?: unknown }>([
  ['nothing', {}],
  ...[null, 2, 'a', [], {}, [null], [1, 2, 3], [[1, 2], 3]].map(named),
  ...[{ b: null }, { b: 1, c: 'a' }, { b: [1, null] }, { b: [{ c: 1 }, { c: [2] }] }].map(named),
  ...[
    [
      { b: 1, c: 2 },
      { b: 2, c: 1 },
    ],
    [{ b: [1, 2] }, { b: null }, {}],
  ].map(named),
]);

function named(x: unknown): readonly [string, { readonly x: unknown }] {
  return [JSON.stringify(x), { x }];
}

const onAny: readonly unknown[] = [
  ...[null, 1, 2, 'a', true, [], {}, [null], [1, 2], [1, 2, 3], { b: null }, { b: 1, c: 'a' }, { c: 'a', b: 1 }],
  ...[{ $eq: null }, { $eq: [1, 2] }, { $ne: null }, { $ne: 1 }, { $ne: [] }, { $ne: {} }],
  ...[{ $in: [] }, { $in: [null] }, { $in: [null, 2] }, { $in: [1, 'a'] }, { $in: [[]] }, { $in: [[1, 2]] }],
  ...[{ $in: [{}] }, { $nin: [] }, { $nin: [null] }, { $nin: [null, 2] }, { $nin: [[]] }, { $nin: [{}] }],
  ...[{ $gt: 1 }, { $gte: 2 }, { $lt: 2 }, { $lte: 1 }, { $gt: 2, $lt: 3 }, { $gt: '' }, { $lte: 'a' }, { $lt: true }],
  ...[{ $gt: null }, { $gte: null }, { $lt: null }, { $lte: null }, { $gt: [] }, { $gte: [] }, { $lt: [1, 3] }],
  ...[{ $gt: {} }, { $gte: {} }, { $lt: { b: 2 } }, { $exists: true }, { $exists: false }],
  ...[{ $regex: '' }, { $regex: '^A', $options: 'i' }],
  ...[{ $all: [] }, { $all: [null] }, { $all: [1] }, { $all: [1, 3] }, { $all: [[1, 2]] }, { $all: [[]] }],
  ...[{ $all: [[], 1] }, { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 2 } }] }],
  ...[{ $all: [{ $elemMatch: { $gt: 1 } }] }, { $size: 0 }, { $size: 1 }, { $size: 2 }, { $size: 3 }],
  ...[{ $elemMatch: { $eq: null } }, { $elemMatch: { $ne: 1 } }, { $elemMatch: { $gt: 1, $lt: 3 } }],
  ...[{ $elemMatch: { $in: [null] } }, { $elemMatch: { $nin: [1] } }, { $elemMatch: { $exists: false } }],
  ...[{ $elemMatch: { $size: 2 } }, { $elemMatch: { $all: [1] } }, { $elemMatch: { $not: { $gt: 1 } } }],
  ...[{ $elemMatch: { $elemMatch: { $eq: 1 } } }, { $elemMatch: {} }, { $elemMatch: { b: 1 } }],
  ...[{ $elemMatch: { b: null } }, { $elemMatch: { b: 1, c: 2 } }, { $elemMatch: { b: 1, c: 1 } }],
  ...[{ $elemMatch: { 0: 1 } }, { $elemMatch: { b: { $exists: false } } }, { $elemMatch: { $nor: [{ b: 1 }] } }],
  ...[{ $elemMatch: { b: { $elemMatch: { $gt: 1 } } } }, { $elemMatch: { $or: [{ b: 2 }, { c: 2 }] } }],
  ...[{ $not: { $eq: null } }, { $not: { $in: [null] } }, { $not: { $nin: [1] } }, { $not: { $gt: 1 } }],
  ...[{ $not: { $gt: 2, $lt: 3 } }, { $not: { $lte: null } }, { $not: { $exists: true } }, { $not: { $size: 0 } }],
  ...[{ $not: { $all: [] } }, { $not: { $elemMatch: { b: 1 } } }, { $not: { $not: { $eq: 1 } } }],
  ...[{ $not: { $regex: '^a' } }, { $ne: null, $exists: true }, { $exists: true, $in: [null] }],
  ...[
    { $gt: 0, $size: 3 },
    { $ne: 1, $nin: ['a'] },
  ],
];

const onField: readonly unknown[] = [
  ...[null, 1, 2, [1, 2], [], { c: 1 }, { $ne: null }, { $ne: 1 }, { $in: [null] }, { $in: [1, 2] }],
  ...[{ $nin: [null] }, { $nin: [1] }, { $gt: 1 }, { $gt: 1, $lt: 2 }, { $gte: null }, { $lt: [1, 3] }],
  ...[{ $exists: true }, { $exists: false }, { $all: [] }, { $all: [1] }, { $all: [1, 2] }, { $all: [null] }],
  ...[{ $size: 1 }, { $size: 2 }, { $not: { $size: 2 } }, { $elemMatch: { $eq: 1 } }, { $elemMatch: { $eq: null } }],
  ...[{ $elemMatch: { c: 1 } }, { $not: { $gt: 1 } }, { $not: { $exists: false } }],
];

const onIndex: readonly unknown[] = [
  ...[null, 1, [1, 2], { b: 1, c: 2 }, { $ne: 1 }, { $in: [1, null] }, { $gt: 1 }, { $exists: true }],
  ...[{ $exists: false }, { $size: 2 }, { $all: [1] }, { $elemMatch: { $eq: 1 } }, { $not: { $gt: 0 } }],
];

const onDeepPath: readonly unknown[] = [
  ...[null, 1, 2, { $ne: null }, { $exists: true }, { $exists: false }, { $in: [null, 2] }, { $gt: 1 }, { $size: 1 }],
];

const asked = (path: string, tests: readonly unknown[]) => tests.map((test) => ({ [`attributes.${path}`]: test }));

/** Queries that are each asked of every document. */
export const queries: readonly object[] = [
  ...asked('x', onAny),
  ...asked('x.b', onField),
  ...asked('x.0', onIndex),
  ...['x.b.c', 'x.0.b', 'x.b.0', 'x.0.0'].flatMap((path) => asked(path, onDeepPath)),
  { $and: [{ 'attributes.x': 1 }, { 'attributes.x': 3 }] },
  { $or: [{ 'attributes.x': null }, { 'attributes.x.b': 1 }] },
  { $nor: [{ 'attributes.x': { $exists: false } }, { 'attributes.x': { $size: 0 } }] },
  { 'attributes.x': { $ne: null }, 'attributes.x.b': null },
];

/** A query as the messages and the table of differences name it. */
export const nameOf = (query: object): string => JSON.stringify(query).replaceAll('attributes.', '');
