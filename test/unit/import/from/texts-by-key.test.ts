import { TextsByKey } from '../../../../lib/import/from/texts-by-key.ts';

test('very many texts are found by their keys, the last one of a key, and no other key finds any', () => {
  const texts = new TextsByKey();
  const textOf = (at: number) => `text 🌻 ${at} ${'x'.repeat(at % 90)}`;
  for (let at = 0; at < 20_000; at++) texts.set(`key ${at}`, 'first');
  for (let at = 0; at < 20_000; at++) texts.set(`key ${at}`, textOf(at));
  expect(texts.size).toBe(20_000);
  for (let at = 0; at < 20_000; at += 7) expect(texts.get(`key ${at}`)).toBe(textOf(at));
  expect([texts.get('key'), texts.get(''), texts.get('key 20000')]).toEqual([undefined, undefined, undefined]);
});

test('an empty key and an empty text are some, and what is too long is not taken', () => {
  const texts = new TextsByKey();
  expect([texts.set('', ''), texts.set('k', 'x'.repeat(1001)), texts.set('x'.repeat(1001), '')]).toEqual([
    true,
    false,
    false,
  ]);
  expect([texts.get(''), texts.get('k'), texts.size]).toEqual(['', undefined, 1]);
});
