import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { settingTable } from '../../functions/shared/config/settings.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { optionsFrom } from '../../lib/options.ts';
import { variablesFrom } from '../../lib/setting-values.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { Page } from './pages.ts';

/** Not this project's to check. */
const others = [
  'npx cdk bootstrap',
  'npx cdk destroy',
  'npx openapi-typescript',
  'npm install',
  'npm view',
  'aws logs',
  'sam local invoke',
];
/** Of npm itself, before any `--`. */
const npmOptions = ['--silent', '--ignore-scripts'];

const helpOf = (program: string) =>
  execFileSync(process.execPath, [`bin/${program}.ts`, '--help'], { encoding: 'utf8' });
const help: Readonly<Record<string, string>> = {
  start: helpOf('local'),
  admin: helpOf('admin'),
  deploy: helpOf('deploy'),
  smoke: helpOf('smoke'),
};
const scripts: Readonly<Record<string, string>> = packageJson.scripts;
const variables = ['AWS_ENDPOINT_URL_DYNAMODB', ...Object.values(settingTable).map(({ variable }) => variable)];

const functionNames = endpoints.flatMap(({ name, contract }) => [name, contract.operationId]);
const missing = (paths: readonly string[]) =>
  paths.filter((path) => !existsSync(path)).map((path) => `there is no ${path}`);

/** Commands of a text for `sh`: without comments, what is joined with `|`, `;` or `&&` each by itself. */
const commandsIn = (text: string): readonly string[] =>
  text
    .replace(/\\\n/g, ' ')
    .replace(/\s+#.*$/gm, '')
    .split(/\n|&&|\||;/)
    .map((command) => command.trim())
    .filter((command) => command !== '');

/** What a page tells its reader to type and no test runs: blocks, and npm's commands within sentences. */
export function otherCommands({ text, blocks }: Page): readonly string[] {
  const shown = blocks.filter(({ isRun, language }) => language === 'sh' && !isRun).map((block) => block.text);
  const within = text.replace(/^```.*?^```$/gms, '').matchAll(/`((?:[A-Z_]+=\S+ )?(?:npm|npm\.cmd|npx) [^`]+)`/g);
  return [...shown, ...[...within].map(([, command = '']) => command)].flatMap(commandsIn);
}

function contextFaults(given: string | undefined): readonly string[] {
  const [, key = '', value = ''] = /^(\w+)=(.+)$/.exec(given ?? '') ?? [];
  let isRead = false;
  const read = (name: string) => {
    if (name !== key) return undefined;
    isRead = true;
    return value;
  };
  try {
    optionsFrom(read);
  } catch (fault) {
    return [String(fault)];
  }
  return isRead ? [] : [`there is no setting ${key}`];
}

function optionFaults(script: string, options: readonly string[]): readonly string[] {
  return options.flatMap((option, index) => {
    const following = options[index + 1];
    if (option === '-c') return contextFaults(following);
    if (option === '--set') return Object.keys(variablesFrom([following ?? ''])).length === 1 ? [] : ['no setting'];
    if (/^(lib|events)\//.test(option)) return existsSync(option) ? [] : [`there is no file ${option}`];
    const known = help[script];
    if (!option.startsWith('--') || known === undefined) return [];
    return new RegExp(`${option}\\b`).test(known) ? [] : [`${script} has no option ${option}`];
  });
}

function argumentFaults(script: string, [first = '']: readonly string[]): readonly string[] {
  if (script === 'admin' && first !== '')
    return new RegExp(`^ +${first}\\b`, 'm').test(help.admin ?? '') ? [] : [`admin has no command ${first}`];
  if (script === 'invoke') return functionNames.includes(first) ? [] : [`there is no function ${first}`];
  return [];
}

/** What is wrong with a command, as far as that can be told without running it. */
export function faultsOf(command: string): readonly string[] {
  if (others.some((other) => command.startsWith(other))) return [];
  const words = command
    .replace(/ > \S+$/, '')
    .split(/\s+/)
    .map((word) => word.replace(/^'(.*)'$/, '$1'));
  const [assigned = ''] = /^[A-Z_]+(?==)/.exec(words[0] ?? '') ?? [];
  if (assigned !== '') return variables.includes(assigned) ? faultsOf(words.slice(1).join(' ')) : [`no ${assigned}`];
  const [program = '', ...rest] = words;
  if (program === 'cp') return existsSync(rest[0] ?? '') ? [] : [`there is no file ${rest[0]}`];
  if (program === 'npx' && rest[0] === 'jest') return missing(rest.slice(1));
  if (!/^npm(\.cmd)?$/.test(program)) return ['neither run by a test nor known'];
  const dashes = rest.indexOf('--');
  const own = (dashes === -1 ? rest : rest.slice(0, dashes)).filter((word) => !npmOptions.includes(word));
  const [name = '', script = name] = own[0] === 'run' ? own.slice(1) : own;
  const passed = dashes === -1 ? [] : rest.slice(dashes + 1);
  if (own.length > (own[0] === 'run' ? 2 : 1)) return ['options need "--" before them'];
  if (name === 'ci') return [];
  if (scripts[name] === undefined) return [`there is no script ${name}`];
  return [...argumentFaults(script, passed), ...optionFaults(script, passed)];
}
