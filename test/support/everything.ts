import type { Seed } from './seed.ts';

/** In one order: the engine has none of its own. */
function ordered(_: string, value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlain ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}

const tables = ['profiles', 'tokens', 'tickets'] as const;

/** All that the store holds, as one text: of equal contents the same. */
export const everything = async (api: Pick<Seed, 'items'>): Promise<string> =>
  JSON.stringify(await Promise.all(tables.map((table) => api.items(table))), ordered);
