import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  attachmentName,
  contentEncodingOf,
  contentTypeOf,
  fileSizeText,
  isOfType,
} from '../../../functions/shared/domain/attachment/attachment-file.ts';
import { png } from '../../support/attachments.ts';

const SVG = 'image/svg+xml';
const text = (content: string) => Buffer.from(content);
const bmp = Buffer.concat([text('BM'), Buffer.alloc(12), Buffer.from([40, 0, 0, 0]), Buffer.alloc(40)]);
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
const types = ['image/bmp', 'image/gif', 'image/jpeg', 'image/png', 'image/tiff', SVG];

describe('attachmentName', () => {
  test.each([
    ['avatar.png', 'avatar', 'png'],
    ['my.photo.JPG', 'my.photo', 'JPG'],
    ['noext', 'noext', ''],
    ['avatar.', 'avatar', ''],
    ['C:\\Users\\me\\avatar.png', 'avatar', 'png'],
    ['/tmp/../etc/avatar.png', 'avatar', 'png'],
    ['..\\../avatar.png', 'avatar', 'png'],
    ['Ünï çödé 😀.png', 'Ünï çödé 😀', 'png'],
    [`${'a'.repeat(251)}.png`, 'a'.repeat(251), 'png'],
  ])('splits %j', (fileName, baseName, extension) => {
    expect(attachmentName(fileName)).toEqual({ baseName, extension });
  });

  test.each([
    '',
    '.png',
    ' .png',
    '..png',
    '...png',
    '..',
    'folder/',
    'folder/.png',
    'a\u0000.png',
    'a\r\n.png',
    'a\u0085.png',
    '\ud800.png',
    `${'a'.repeat(252)}.png`,
    `${'ü'.repeat(126)}.png`,
  ])('refuses %j', (fileName) => {
    expect(attachmentName(fileName)).toBeUndefined();
  });

  test('never gives a name that leads elsewhere', () => {
    const fileName = fc.string({
      unit: fc.oneof(fc.constantFrom('/', '\\', '.', '\0', '\n'), fc.string({ unit: 'binary' })),
    });
    fc.assert(
      fc.property(fileName, (given) => {
        const name = attachmentName(given);
        if (name === undefined) return;
        expect(name.baseName).toMatch(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u);
        expect(given.endsWith(name.extension)).toBe(true);
      }),
    );
  });
});

describe('contentTypeOf', () => {
  test.each([
    ['bmp', 'image/bmp'],
    ['gif', 'image/gif'],
    ['jpeg', 'image/jpeg'],
    ['jpg', 'image/jpeg'],
    ['jpe', 'image/jpeg'],
    ['PNG', 'image/png'],
    ['tiff', 'image/tiff'],
    ['tif', 'image/tiff'],
    ['svg', SVG],
    ['SvgZ', SVG],
  ])('of %s is %s', (extension, contentType) => {
    expect(contentTypeOf(extension)).toBe(contentType);
  });

  test.each(['', 'txt', 'html', '.png', 'png ', 'constructor'])('of %j is none', (extension) => {
    expect(contentTypeOf(extension)).toBeUndefined();
  });
});

describe('isOfType', () => {
  test.each([
    ['image/png', png],
    ['image/bmp', bmp],
    ['image/jpeg', jpeg],
    ['image/gif', text('GIF87a...')],
    ['image/gif', text('GIF89a...')],
    ['image/tiff', text('II*\0....')],
    ['image/tiff', text('MM\0*....')],
  ])('knows %s by its first bytes', (contentType, bytes) => {
    expect(types.filter((type) => isOfType(bytes, type))).toEqual([contentType]);
  });

  test.each([
    '<svg/>',
    '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    '\ufeff \n<svg>',
    '<svg:svg xmlns:svg="http://www.w3.org/2000/svg">',
    '<ns0:svg xmlns:ns0="http://www.w3.org/2000/svg" width="1"/>',
    `<a.b-c_:svg\n  width = "1 > 0"\n  xmlns:a.b-c_ = 'http://www.w3.org/2000/svg'>`,
    `<ü:svg title="' xmlns:ü='x'" xmlns="x" xmlns:ü="http://www.w3.org/2000/svg">`,
    '<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><x:svg xmlns:x="&ns_svg;">',
    '<?xml version="1.0" encoding="UTF-8"?>\n<svg>',
    '<?xml version="1.0"?><!-- a - b -- <html> --><?x y?><svg\n>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg>',
    `<!DOCTYPE svg [ <!-- it's > ] --> <!ENTITY a "]>"> <?x ]> ?> ]><svg>`,
    `${'<!-- Exported by a drawing program -->\n'.repeat(500)}<svg>`,
  ])('takes the drawing %j', (content) => {
    expect(isOfType(text(content), SVG)).toBe(true);
  });

  test.each([
    '',
    'svg',
    '<svgx>',
    '<SVG>',
    'text <svg>',
    '<html><svg>',
    '<!-- <svg>',
    '<!-- --> x <svg>',
    '<!DOCTYPE html><html><svg>',
    '<!DOCTYPE svg [ <svg>',
    '<?xml <svg>',
    '<ns0:svg>',
    '<ns0:svg xmlns="http://www.w3.org/2000/svg">',
    '<ns0:svg xmlns:ns1="http://www.w3.org/2000/svg">',
    '<ns0:svg xmlns:ns0="http://www.w3.org/1999/xhtml">',
    `<ns0:svg title=" xmlns:ns0='http://www.w3.org/2000/svg'">`,
    '<ns0:svg><g xmlns:ns0="http://www.w3.org/2000/svg">',
    '<a:b:svg xmlns:a:b="http://www.w3.org/2000/svg">',
    '<0:svg xmlns:0="http://www.w3.org/2000/svg">',
    '<:svg>',
    '<ns0:svgx xmlns:ns0="http://www.w3.org/2000/svg">',
    '<ns0:html xmlns:ns0="http://www.w3.org/2000/svg">',
  ])('refuses %j as a drawing', (content) => {
    expect(isOfType(text(content), SVG)).toBe(false);
  });

  test.each(['utf-16le', 'utf-16be'])('reads a drawing in %s by its byte order mark', (encoding) => {
    const bytes = Buffer.from('\ufeff<svg>', 'utf16le');
    expect(isOfType(encoding === 'utf-16le' ? bytes : bytes.swap16(), SVG)).toBe(true);
  });

  test('takes a packed drawing', () => {
    expect(isOfType(gzipSync('<svg></svg>'), SVG)).toBe(true);
  });

  test.each([
    ['that is something else', gzipSync('<html>')],
    ['twice', gzipSync(gzipSync('<svg>'))],
    ['that is cut off', gzipSync(`<svg>${'x'.repeat(1000)}`).subarray(0, 20)],
    ['that grows beyond the limit', gzipSync(`<svg>${' '.repeat(16 * 1024 * 1024)}`)],
  ])('refuses a packed file %s', (_what, bytes) => {
    expect(isOfType(bytes, SVG)).toBe(false);
  });

  test.each([
    ['image/bmp', text('BMW builds motor cars and motor cycles')],
    ['image/bmp', text('BM')],
    ['image/png', jpeg],
    ['image/jpeg', png],
    ['image/gif', text('GIF')],
    ['image/tiff', text('II')],
    ['text/html', text('<svg>')],
    ['', png],
  ])('refuses what is not %s', (contentType, bytes) => {
    expect(isOfType(bytes, contentType)).toBe(false);
  });

  test('decides on any bytes, for one type at most', () => {
    const start = fc.constantFrom(
      '',
      'BM',
      'GIF89a',
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff',
      'II*\0',
      '\x1f\x8b',
      '<svg ',
    );
    const bytes = fc
      .tuple(start, fc.uint8Array())
      .map(([head, tail]) => Buffer.concat([Buffer.from(head, 'latin1'), tail]));
    fc.assert(fc.property(bytes, (content) => types.filter((type) => isOfType(content, type)).length <= 1));
  });

  test.each(['<!--', '<?', '<!DOCTYPE [', '<!DOCTYPE "a"', '[', '<!-- -->', '<!DOCTYPE []>', ' ', '"', "'"])(
    'refuses a long row of %j without trying every way to read it',
    (piece) => {
      const row = piece.repeat(100_000);
      expect([row, `<!DOCTYPE [${row}`].some((content) => isOfType(text(content), SVG))).toBe(false);
    },
  );
});

describe('contentEncodingOf', () => {
  test.each([
    ['a packed drawing', gzipSync('<svg>'), SVG, 'gzip'],
    ['a plain drawing', text('<svg>'), SVG, undefined],
    ['nothing', text(''), SVG, undefined],
    ['packed bytes of another type', gzipSync('<svg>'), 'image/png', undefined],
  ])('of %s', (_what, bytes, contentType, encoding) => {
    expect(contentEncodingOf(bytes, contentType)).toBe(encoding);
  });
});

describe('fileSizeText', () => {
  test.each([
    [0, '0'],
    [1, '1 B'],
    [70, '70 B'],
    [1023, '1,023 B'],
    [1024, '1 KB'],
    [1280, '1.2 KB'],
    [1536, '1.5 KB'],
    [1_048_575, '1,024 KB'],
    [1_048_576, '1 MB'],
    [5_242_880, '5 MB'],
    [1024 ** 3, '1 GB'],
    [1024 ** 4, '1 TB'],
    [2048 * 1024 ** 4, '2,048 TB'],
  ])('of %d is %s', (bytes, size) => {
    expect(fileSizeText(bytes)).toBe(size);
  });

  test('is always a number with at most one decimal, and a unit', () => {
    fc.assert(fc.property(fc.nat(), (bytes) => /^(0|[1-9][\d,]*(\.[1-9])? [KMG]?B)$/.test(fileSizeText(bytes))));
  });
});
