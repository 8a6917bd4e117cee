import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContextName, contexts } from '../infra/contexts.ts';
import { environmentOf } from '../infra/environment.ts';
import { cfnLint, testOfEmulator } from './emulator.ts';

/** cfn-lint takes seconds for a template of hundreds of resources. */
jest.setTimeout(120_000);

const lint = testOfEmulator('What CloudFormation has to say to the templates');
const names = Object.keys(contexts).filter((name): name is ContextName => name in contexts);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What cfn-lint finds in templates, as text. */
function findingsIn(templates: Readonly<Record<string, unknown>>): string {
  const files = Object.entries(templates).map(([name, template]) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(template));
    return file;
  });
  const { stdout, stderr, error } = spawnSync(cfnLint, ['-r', 'eu-central-1', '-t', ...files], { encoding: 'utf8' });
  return error === undefined ? stdout + stderr : error.message;
}

lint.each(names)('cfn-lint finds nothing in the templates of the context %s', (name) => {
  const { data, api, domain } = environmentOf(name);
  expect(findingsIn({ data, api, ...(domain && { domain }) })).toBe('');
});

lint('cfn-lint finds what a template has wrong', () => {
  const { data } = environmentOf('dev');
  expect(findingsIn({ data: { ...data, Outputs: { Table: { Value: { Ref: 'Profils' } } } } })).toContain(
    "'Profils' is not one of",
  );
});
