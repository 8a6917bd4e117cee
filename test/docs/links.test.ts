import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { anchorOf } from '../../lib/openapi/contract-sections.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { pages } from './pages.ts';

const markdown = ['.', 'docs', 'bench'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

const withoutCode = (text: string) => text.replace(/^```.*?^```$/gms, '');

/** As viewers of Markdown make them: a heading that comes again gets a number. */
function anchorsOf(file: string): readonly string[] {
  const seen = new Map<string, number>();
  const headings = withoutCode(readFileSync(file, 'utf8')).matchAll(/^#{1,6} (.*)$/gm);
  return [...headings].map(([, heading = '']) => {
    const anchor = anchorOf(heading);
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

/** Where the links and pictures of a page lead to within the project. */
function linksOf(file: string): readonly string[] {
  const text = withoutCode(readFileSync(file, 'utf8')).replace(/`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^https?:/.test(target));
}

const targetOf = (file: string, link: string) => {
  const [path = '', anchor] = link.split('#');
  return { path: path === '' ? file : normalize(join(dirname(file), path)), anchor };
};

function isDead(file: string, link: string): boolean {
  const { path, anchor } = targetOf(file, link);
  if (!existsSync(path)) return true;
  return anchor !== undefined && !anchorsOf(path).includes(anchor);
}

test.each(markdown)('every link of %s leads somewhere', (file) => {
  expect(linksOf(file).filter((link) => isDead(file, link))).toEqual([]);
});

test('README is short, and leads to every page', () => {
  expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThanOrEqual(200);
  const linked = linksOf('README.md').map((link) => targetOf('README.md', link).path);
  expect(pages.map(({ file }) => file).filter((file) => file !== 'README.md' && !linked.includes(file))).toEqual([]);
});

test('every package has its line', () => {
  const text = readFileSync('docs/dependencies.md', 'utf8');
  const { dependencies, devDependencies, optionalDependencies } = packageJson;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
