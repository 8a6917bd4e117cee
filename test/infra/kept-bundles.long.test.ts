import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFile } from '../../lib/build/bundle.ts';
import { keepBundles } from '../../lib/build/kept-bundles.ts';

const outdir = mkdtempSync(join(tmpdir(), 'kept-'));
const record = join(outdir, 'bundles.json');
afterAll(() => rmSync(outdir, { recursive: true }));

test('bundles are made once, and again only where a source, a file or the means is another one', async () => {
  expect(await keepBundles({ outdir })).toBe(true);
  const file = bundleFile(outdir, 'profile/get-profile');
  const madeAtMs = statSync(file).mtimeMs;
  expect(await keepBundles({ outdir })).toBe(false);
  expect(statSync(file).mtimeMs).toBe(madeAtMs);

  const text = readFileSync(record, 'utf8');
  const { means, sources } = JSON.parse(text);
  const paths: string[] = sources.map(([path]: [string]) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['functions/profile/get-profile.ts', 'functions/shared/http/endpoint.ts']),
  );
  expect(paths.some((path) => path.startsWith('node_modules/zod/'))).toBe(true);

  const other = sources.map(([path, hash]: [string, string]) => [path, path.endsWith('/endpoint.ts') ? 'x' : hash]);
  writeFileSync(record, JSON.stringify({ means, sources: other }));
  expect(await keepBundles({ outdir })).toBe(true);
  expect(readFileSync(record, 'utf8')).toBe(text);
  rmSync(file);
  expect(await keepBundles({ outdir, contextPath: '/other' })).toBe(true);
  expect(statSync(file).size).toBeGreaterThan(1000);
}, 120_000);
