import { settingDescriptions } from '../functions/shared/config/setting-descriptions.ts';
import { settingTable } from '../functions/shared/config/settings.ts';
import { RESTORED_KEY } from './deployment/stage-file.ts';
import { stageOptionTable } from './stage-options.ts';

interface Described {
  readonly description: string;
  readonly fallback: string;
}

/** What an operator may choose for a stage, by key: for the stacks first, then of the functions' settings. */
export function stageKeys(): ReadonlyMap<string, Described> {
  const descriptions = new Map<string, string>(Object.entries(settingDescriptions));
  const ofStacks = Object.entries(stageOptionTable).map(([key, option]): [string, Described] => [
    key,
    { description: option.description, fallback: 'fallback' in option ? option.fallback : '' },
  ]);
  const ofFunctions = Object.entries(settingTable).flatMap(([key, setting]): [string, Described][] => {
    if (!('context' in setting)) return [];
    const fallback = 'fallback' in setting ? setting.fallback : '';
    return [[setting.context, { description: descriptions.get(key) ?? '', fallback }]];
  });
  return new Map([...ofStacks, ...ofFunctions]);
}

function typed(fallback: string) {
  if (/^\d+$/.test(fallback)) return { type: 'integer', default: Number(fallback) };
  if (fallback === 'true' || fallback === 'false') return { type: 'boolean', default: fallback === 'true' };
  return { type: 'string', default: fallback };
}

const restored = {
  type: 'object',
  description:
    'Tables that came back from an earlier moment, in use in place of the first ones; written by "npm run admin -- restore"',
};

const plain = (markdown: string) => markdown.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');

/** The JSON Schema of a stage's file, for editors: what each key is for, its type and default. What a value must be in full, the commands say. */
export function stageSchema(): string {
  const properties = [...stageKeys()].map(([key, { description, fallback }]) => [
    key,
    { description: plain(description), ...typed(fallback) },
  ]);
  const schema = {
    $schema: 'https://json-schema.org/draft-07/schema#',
    title: 'Settings of a stage of Serverless Profile',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties), [RESTORED_KEY]: restored },
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The table of `docs/settings.md`: what is chosen for the stacks. */
export function stageOptionsTable(): string {
  const rows = Object.entries(stageOptionTable).map(
    ([key, option]) =>
      `| \`${key}\` | ${'fallback' in option ? `\`${option.fallback}\`` : ''} | ${option.description} |`,
  );
  return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');
}
