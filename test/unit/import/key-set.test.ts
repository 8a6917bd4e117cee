import { KeySet } from '../../../lib/import/key-set.ts';

test('each text is new once, however many there are', () => {
  const keys = new KeySet();
  const texts = Array.from({ length: 50_000 }, (_, at) => `text ${at}`);
  expect(texts.filter((text) => !keys.add(text))).toEqual([]);
  expect(texts.filter((text) => keys.add(text))).toEqual([]);
  expect(texts.filter((text) => !keys.has(text))).toEqual([]);
  expect([keys.has('text 50000'), keys.has(''), keys.size]).toEqual([false, false, 50_000]);
});
