import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

/** One bundle's entry: the module whose `handler` it exports, and whether it opens its connection while it starts. */
export interface Entry {
  readonly source: string;
  readonly primes: boolean;
}

const PRIME = './functions/shared/repositories/dynamodb/prime.ts';

/** Makes each entry's module, so that the sources stay free of side effects when they are imported. */
export const entryModules = (entries: ReadonlyMap<string, Entry>): Plugin => ({
  name: 'entry-modules',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^entry:/ }, ({ path }) => ({ path: path.slice('entry:'.length), namespace: 'entry' }));
    onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => {
      const entry = entries.get(path);
      if (entry === undefined) return undefined;
      // Node's ten frames are the SDK's own: the call that failed comes after them.
      const exported = `export { handler } from './${entry.source}';\nError.stackTraceLimit = 30;`;
      const primed = `import { primeConnection } from '${PRIME}';\n${exported}\nawait primeConnection();`;
      return { contents: entry.primes ? primed : exported, resolveDir: process.cwd(), loader: 'js' };
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
