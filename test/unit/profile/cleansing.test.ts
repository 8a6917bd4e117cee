import fc from 'fast-check';
import { cleanse, escapeHtml } from '../../../functions/shared/domain/profile/cleansing.ts';
import { htmlEntities } from '../../../functions/shared/domain/values/html-entities.ts';
import type { JsonValue } from '../../../functions/shared/domain/values/json.ts';
import { asAttributes } from '../../support/attributes.ts';

const definitions = [
  { name: 'title', metadata: { type: 'TEXT' } },
  { name: 'story', metadata: { type: 'LARGE_TEXT' } },
  { name: 'tags', metadata: { type: 'STRING_LIST' } },
  { name: 'settings', metadata: { type: 'COMPLEX' } },
  { name: 'untyped', metadata: { label: 'Untyped' } },
  { name: 'bare', metadata: null },
];

const cleansed = (name: string, value: JsonValue) =>
  cleanse(asAttributes([[name, value]]), definitions).get(name)?.value;

describe('escapeHtml', () => {
  test.each([
    ['Jöe "<b>&\'', "J&ouml;e &quot;&lt;b&gt;&amp;'"],
    ['L€', 'L&euro;'],
    ['\u00a0\u00ff', '&nbsp;&yuml;'],
    ['αΩς', '&alpha;&Omega;&sigmaf;'],
    ['–“…”™', '&ndash;&ldquo;&hellip;&rdquo;&trade;'],
    ['←♦〈', '&larr;&diams;〈'],
    ['\u2329', '&lang;'],
    ['Łódź 漢 😀', 'Ł&oacute;dź 漢 😀'],
    ['&amp;', '&amp;amp;'],
  ])('turns %j into %j', (text, escaped) => {
    expect(escapeHtml(text)).toBe(escaped);
  });

  test('knows every entity of HTML 4 once', () => {
    expect([htmlEntities.size, new Set(htmlEntities.values()).size]).toEqual([252, 252]);
  });

  test('leaves nothing that HTML could take for markup', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"\u00a0-\u00ff]/.test(escapeHtml(text))));
  });

  test('can be undone, so it loses nothing', () => {
    const characters = new Map([...htmlEntities].map(([character, entity]) => [entity, character]));
    const restored = (text: string) => text.replace(/&\w+;/g, (entity) => characters.get(entity) ?? entity);
    const text = fc.string({ unit: fc.oneof(fc.constantFrom(...htmlEntities.keys()), fc.string({ unit: 'binary' })) });
    fc.assert(fc.property(text, (original) => restored(escapeHtml(original)) === original));
  });
});

describe('cleanse', () => {
  test.each(['title', 'story'])('escapes the text of %s', (name) => {
    expect(cleansed(name, '<b>')).toBe('&lt;b&gt;');
  });

  test.each([
    [5, '5'],
    [1.5, '1.5'],
    [true, 'true'],
  ])('stores %j in a text attribute as text', (value, text) => {
    expect(cleansed('title', value)).toBe(text);
  });

  test.each([[null], [['<b>']], [{ a: '<b>' }]])('leaves %j in a text attribute as it is', (value) => {
    expect(cleansed('title', value)).toEqual(value);
  });

  test('escapes a list of texts element by element', () => {
    expect(cleansed('tags', ['<b>', 5, false, null, ['<i>'], { a: '<u>' }])).toEqual([
      '&lt;b&gt;',
      '5',
      'false',
      null,
      ['<i>'],
      { a: '<u>' },
    ]);
  });

  test('leaves what is no list in a list attribute as it is', () => {
    expect(cleansed('tags', '<b>')).toBe('<b>');
  });

  test.each(['settings', 'untyped', 'bare', 'undefined', '__proto__'])('leaves the value of %s as it is', (name) => {
    expect(cleansed(name, '<b>')).toBe('<b>');
  });

  test('adds no attribute that is not given', () => {
    expect([...cleanse(new Map(), definitions)]).toEqual([]);
  });

  test('keeps the given map as it was', () => {
    const attributes = asAttributes([['title', '<b>']]);
    cleanse(attributes, definitions);
    expect(attributes).toEqual(asAttributes([['title', '<b>']]));
  });

  test('keeps every name, in its order, whatever the values are', () => {
    const entry = fc.tuple(
      fc.constantFrom('title', 'tags', 'settings', 'x'),
      fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const attributes = asAttributes(entries);
        expect([...cleanse(attributes, definitions).keys()]).toEqual([...attributes.keys()]);
      }),
    );
  });
});
