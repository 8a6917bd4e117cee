import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../lib/system-errors.ts';
import { onceARun } from '../run/once-a-run.ts';

/** Which emulator of AWS, with the parts that a deployment needs, and which reader of templates: a later one has other rules. */
const PACKAGES = ['moto[server,cloudformation]==5.2.5', 'cfn-lint==1.58.0'];
/** Kept beside what npm has installed, and thrown away with it. */
const PLACE = 'node_modules/.cache/moto-5.2.5';
const pip = join(PLACE, 'bin/pip');

/** Of the emulator's own environment. */
export const python = join(PLACE, 'bin/python');
/** CloudFormation's own rules for templates. */
export const cfnLint = join(PLACE, 'bin/cfn-lint');

function install(): string {
  if (existsSync(join(PLACE, 'ready'))) return '';
  try {
    execFileSync('python3', ['-m', 'venv', PLACE], { stdio: 'pipe' });
    execFileSync(pip, ['install', '--quiet', '--disable-pip-version-check', ...PACKAGES], { stdio: 'pipe' });
    writeFileSync(join(PLACE, 'ready'), '');
    return '';
  } catch (fault) {
    return messageOf(fault).split('\n')[0] ?? '';
  }
}

/** `test`, or `test.skip` where the emulator cannot be had here, which is said aloud once with its reason. */
export function testOfEmulator(what: string): typeof test | typeof test.skip {
  const why = onceARun('emulator', install);
  if (why === '') return test;
  process.stderr.write(`${what} is skipped: ${why}\n`);
  return test.skip;
}
