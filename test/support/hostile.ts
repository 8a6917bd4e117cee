/** Longer than any server would let into a URL. */
export const hugeText = 'x'.repeat(1_000_000);

type Named<Value> = readonly (readonly [what: string, value: Value])[];

const plain = [
  ...['', ',', '\0', 'a\0b\n\u001f\u007f', '\u202e\ufeff', '\ud800', 'a\udc00b', '漢'.repeat(1_000)],
  ...['__proto__', 'constructor', '$none', '*', '..', 'a.b.c', '.json', '#', '%00', 'TENANT', 'powerless'],
  ...['-1', '1e400', '99999999999999999999', 'true', '[]', '{}', '{"__proto__":{"a":1}}', '{"firstName":"\\ud800"}'],
  ...['{"firstName":1e400}', '{$where: "1"}', '{attributes.__proto__: 1}', '5a0000000000000000000000', '"', '(a+)+$'],
];

/** Values that break parsers, keys, stores and expressions. */
export const badValues: Named<string> = [
  ...plain.map((value) => [JSON.stringify(value).slice(0, 40), value] as const),
  ['10 KB', 'x'.repeat(10_000)],
];

/** Values that break whatever recurses, copies or backtracks. */
export const hugeValues: Named<string> = [
  ['1 MB', hugeText],
  ['100,000 nested lists', `{"firstName":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['100,000 nested objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['10,000 nested operators', `${'{$and:[{$not:'.repeat(10_000)}{}${'}]}'.repeat(10_000)}`],
];

const nestedLists = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

/** JSON values that a property may not have, or may. */
export const badJson: Named<string> = [
  ...['null', 'true', '-0', '1e400', '123456789012345678901234567890', '""', '"\\ud800"', '"\\u0000"', '"__proto__"'],
  ...['[null]', '[[]]', '[{}]', '{}', '{"__proto__":{"x":1}}', '["a",{"name":"a"}]', '[{"name":"a.b"}]'],
  ...['[{"name":"a","permissions":[{"application":null}]}]', '[{"tenant":{},"allowedActions":[{}]}]'],
].map((text) => [text, text] as const);

/** JSON texts, and texts that are none. */
export const badBodies: Named<string> = [
  ...[
    '',
    '{',
    '}',
    'null',
    'true',
    '5',
    '-0',
    '1e400',
    '1e-400',
    '123456789012345678901234567890',
    '""',
    '"x"',
    '[]',
    '{}',
  ],
  ...[
    '[null]',
    '[[]]',
    '[{}]',
    '{"a":1}',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '[1,"a",null,{}]',
  ],
  ...[
    '"\\ud800"',
    '{"\\udc00":1}',
    '"\\u0000"',
    '{"name":"\\ud800"}',
    '{"name":"a","name":"b"}',
    '\ufeff{}',
    "{'a':1}",
    '{"a":1,}',
  ],
  ...[
    '[{"name":"__proto__"}]',
    '[{"name":"a","permissions":[{"application":null}]}]',
    '[{"tenant":{},"allowedActions":[{}]}]',
  ],
]
  .map((text) => [text, text] as const)
  .concat([
    ['100,000 nested lists', nestedLists],
    ['100,000 nested objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['1 MB of text', JSON.stringify(hugeText)],
  ]);

/** Bodies that are no text. */
export const badBytes: Named<Buffer> = [
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['surrogates in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['zeroes', Buffer.alloc(1000)],
];

/** Multipart bodies of boundary `x` that end early, or hold what they should not. */
export const badMultiparts: Named<string> = [
  ['no part', '--x--'],
  ['no end', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'],
  ['no name', '--x\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x--'],
  ['no header', '--x\r\n\r\nb\r\n--x--'],
  ['a bare boundary', '--x\r\n'],
  ['a name of prototypes', '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nb\r\n--x--'],
  ['1,000 parts', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(1_000)],
];

/** What no function of a JSON body takes. */
export const wrongContentTypes = [
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded; charset=UTF-16',
  'application/json5',
  ';',
];

/** Behind a `&`: escapes that are none, bytes that are no text, names of prototypes, two hundred parameters. */
export const badQueries = [
  '%',
  '%zz=%zz',
  '%ff=%fe%ff',
  '%ed%a0%80=%ed%a0%80',
  '%00=%00',
  '&&&===&=x',
  '__proto__=1&constructor=2&toString=3',
  'attributesToReturn=%ff&attributeToReturn=%00',
  'a=1&'.repeat(200),
];
