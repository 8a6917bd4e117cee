import { builtinModules } from 'node:module';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/** One bundle's entry: the module whose `handler` it exports, and what it does while it starts. */
export interface Entry {
  readonly source: string;
  /** Opens its connection. */
  readonly primes: boolean;
  /** Finds out which argon2id it has. */
  readonly hashes: boolean;
}

const prime = [
  "import { primeConnection } from './functions/shared/repositories/dynamodb/prime.ts';",
  'primeConnection()',
];
const prove = ["import { proveArgon2id } from './functions/shared/domain/sign-in/argon2id.ts';", 'proveArgon2id()'];

/** The module itself. */
function moduleOf({ source, primes, hashes }: Entry): string {
  // Node's ten frames are the SDK's own: the call that failed comes after them.
  const exported = [`export { handler } from './${source}';`, 'Error.stackTraceLimit = 30;'];
  const steps = [...(primes ? [prime] : []), ...(hashes ? [prove] : [])];
  const started = steps.length > 0 ? [`await Promise.all([${steps.map(([, call]) => call).join(', ')}]);`] : [];
  return [...steps.map(([imported]) => imported), ...exported, ...started].join('\n');
}

/** Makes each entry's module, so that the sources stay free of side effects when they are imported. */
export const entryModules = (entries: ReadonlyMap<string, Entry>): Plugin => ({
  name: 'entry-modules',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^entry:/ }, ({ path }) => ({ path: path.slice('entry:'.length), namespace: 'entry' }));
    onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => {
      const entry = entries.get(path);
      if (entry === undefined) return undefined;
      return { contents: moduleOf(entry), resolveDir: process.cwd(), loader: 'js' };
    });
  },
});

const builtins = new Set(builtinModules);

/** Takes Node's own modules through `process.getBuiltinModule`: as imports they would cost a cold start 33 ms and more. */
export const builtinsByCall: Plugin = {
  name: 'builtins-by-call',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?[a-z]/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return builtins.has(name) ? { path: name, namespace: 'builtin' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/** What may stand beside a bundle, is loaded by `import()` of its source, and costs a start nothing: the sources in `functions/shared/domain/sign-in`, by name. */
export const lazyParts: ReadonlyMap<string, string> = new Map([
  ['argon2id-fallback', 'argon2id-fallback.ts'],
  ['foreign-hashes', 'foreign/foreign-hashes.ts'],
  ['bcrypt', 'foreign/bcrypt.ts'],
]);

/** Leaves these out of what imports them. */
export const partsBeside: Plugin = {
  name: 'parts-beside',
  setup: ({ onResolve }) => {
    onResolve({ filter: new RegExp(`/(${[...lazyParts.keys()].join('|')})\\.ts$`) }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.mjs`, external: true } : undefined,
    );
  },
};
