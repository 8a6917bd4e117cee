/** The rooms of the domain, lowest first: each imports from the rows above its own only, types included. */
const rooms = [
  ['values', 'concurrency'],
  ['access'],
  ['tenant'],
  ['profile'],
  ['sign-in', 'session', 'attachment', 'profile-list'],
  ['verification-token'],
  ['sweep'],
];
const inRooms = (names) => `^functions/shared/domain/(${names.join('|')})/`;
const orderOfRooms = rooms.flatMap((row, at) =>
  row.map((room) => ({
    name: `domain-${room}-imports-what-stands-below`,
    severity: 'error',
    from: { path: inRooms([room]) },
    to: { path: inRooms(rooms.slice(at).flat()), pathNot: inRooms([room]) },
  })),
);

/** Who may import whom. */
module.exports = {
  forbidden: [
    ...orderOfRooms,
    { name: 'no-cycles', comment: 'By types neither.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-knows-no-store',
      comment: 'It says what it needs in types of its own; who joins the two is named below.',
      severity: 'error',
      from: { path: '^functions/shared/domain' },
      to: { path: '^functions/shared/(repositories|mail|http)' },
    },
    {
      name: 'store-and-mail-are-joined-outside',
      comment:
        'Only endpoints, the join of http/endpoint and the worker give the store and mail to the domain; lib and bin may, too.',
      severity: 'error',
      from: { path: '^functions/shared', pathNot: '^functions/shared/(repositories|mail|http/endpoint\\.ts)' },
      to: { path: '^functions/shared/(repositories|mail)' },
    },
    {
      name: 'shared-knows-nothing-outside',
      comment: 'What endpoints share imports nothing but what endpoints share.',
      severity: 'error',
      from: { path: '^functions/shared' },
      to: { path: '^(bin|lib|test|bench|functions/(?!shared))' },
    },
    {
      name: 'endpoints-know-shared-only',
      comment: 'An endpoint imports no other endpoint and no infrastructure; only routes.ts lists them.',
      severity: 'error',
      from: { path: '^functions/(?!shared|routes\\.ts)' },
      to: { path: '^(bin|lib|test|bench|functions/(?!shared))' },
    },
    {
      name: 'lib-knows-functions',
      severity: 'error',
      from: { path: '^lib' },
      to: { path: '^(bin|test|bench)' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(lib|functions)' },
      to: { path: '^(test|bench)' },
    },
    {
      name: 'functions-use-runtime-dependencies',
      comment: 'What runs in Lambda is a dependency, not a development dependency.',
      severity: 'error',
      from: { path: '^functions' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'inner-layers-know-no-requests',
      comment: 'Nothing further in than an endpoint knows what an event, a request body or an answer is.',
      severity: 'error',
      from: { path: '^functions/shared/(?!http/)' },
      to: { path: '^functions/shared/http/' },
    },
    {
      name: 'storage-stays-in-repositories',
      comment: 'Only repositories know keys and the DocumentClient.',
      severity: 'error',
      from: { path: '^functions', pathNot: '^functions/shared/repositories' },
      to: { path: '@aws-sdk/(client-dynamodb|lib-dynamodb|client-s3)' },
    },
    {
      name: 'no-unresolvable',
      comment: 'Programs of generated clients import what is generated beside a copy of them.',
      severity: 'error',
      from: { pathNot: '^test/clients/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
