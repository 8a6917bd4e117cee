import { typedPath } from '../command-line.ts';
import { withProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';
import type { AdminCommand } from './admin-command.ts';
import { auditCommand } from './audit/command.ts';
import { bootstrap, requireBootstrapOptions } from './bootstrap.ts';
import { type OptionValues, whereOptions } from './command-options.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { personCommands } from './commands/person.ts';
import { tokenCommands } from './commands/token.ts';
import { targetVariables, useTarget } from './target.ts';

async function runBootstrap(values: OptionValues): Promise<void> {
  const { email = '', tenant = 'default', username = 'admin', application = 'profile-admin', again } = values;
  const options = { email, tenant, username, application, again, cleanses: !values['no-cleansing'] };
  requireBootstrapOptions(options);
  await useTarget(values);
  const made = await bootstrap(options);
  console.log(`These secrets are shown once: keep them safe.
  access token (master)   ${made.accessTokenId}
  tenant                  ${made.tenant}
  administrator           ${made.username}
  password                ${made.password}`);
}

async function runTrace(values: OptionValues, file: string): Promise<void> {
  const { readLog } = await import('./trace-input.ts');
  const { trace } = await import('./trace.ts');
  const { requireFunction } = await import('../function-names.ts');
  const functionName = values.function && requireFunction(values.function);
  const log = await readLog(file === '' ? undefined : typedPath(file));
  const maps = values.maps && typedPath(values.maps);
  const { text, notes } = await trace(log, { functionName, maps });
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  for (const note of notes) console.error(note);
}

async function runSweep(values: OptionValues): Promise<void> {
  await useTarget(values);
  const { sweepAll } = await import('./sweep.ts');
  for (const line of await withProgress('Carrying out what is open', sweepAll)) console.log(line);
}

async function runReindex(values: OptionValues): Promise<void> {
  const { reindex, shardsOf } = await import('./reindex.ts');
  const shards = shardsOf(values.shards);
  await useTarget(values);
  for (const line of await reindex({ tenant: values.tenant, shards })) console.log(line);
  console.log('What is open is carried out in the background, or by the command sweep, now.');
}

async function showEnvironment(values: OptionValues): Promise<void> {
  console.log(JSON.stringify({ Parameters: await targetVariables(values) }, null, 2));
}

async function runRestore({ stage, to, back, yes }: OptionValues): Promise<void> {
  const { goBack, restore } = await import('./restore/restore.ts');
  if (back === (to !== undefined))
    throw new UsageError('restore needs --to TIME, or --back to use the first tables again');
  if (to === undefined) goBack(stage);
  else await restore({ stage, to, yes });
}

async function runRemove({ stage, yes, 'no-export': keepsNothing }: OptionValues): Promise<void> {
  const { remove } = await import('./remove/remove.ts');
  await remove({ stage, yes, exports: !keepsNothing });
}

async function examineInstallation(values: OptionValues): Promise<void> {
  const { runDoctor } = await import('./doctor/run-doctor.ts');
  await runDoctor(values);
}

/** Every command, in the order of the help. */
export const commands: readonly AdminCommand[] = [
  {
    name: 'bootstrap',
    summary: 'make the first master access token, tenant and administrator, and print the secrets once',
    requires: 'email',
    options: ['email', 'tenant', 'username', 'application', 'no-cleansing', 'again', ...whereOptions],
    notes: {
      tenant: 'default: default',
      username: 'default: admin',
      application: 'application of the access token, default: profile-admin',
    },
    run: runBootstrap,
  },
  ...tokenCommands,
  ...personCommands,
  importCommand,
  exportCommand,
  {
    name: 'environment',
    summary: 'print the environment of the functions for "sam local invoke -n"',
    options: whereOptions,
    run: showEnvironment,
  },
  {
    name: 'trace',
    summary: 'turn the stacks of a log, from FILE or standard input, into lines of the sources',
    argument: { name: 'FILE', isOptional: true },
    options: ['function', 'maps'],
    run: runTrace,
  },
  {
    name: 'restore',
    summary:
      'make the tables of a deployed stage as they were at a moment of the last 35 days, for the next deployment to use',
    options: ['to', 'back', 'yes', 'stage'],
    run: runRestore,
  },
  {
    name: 'remove',
    summary: 'take a deployed stage out of the account, after an export of everything; asks for its name',
    options: ['no-export', 'yes', 'stage'],
    run: runRemove,
  },
  {
    name: 'doctor',
    summary:
      'say what is wrong with the installation and what to do; ends with 1 where something is, with 3 where there are warnings',
    options: whereOptions,
    run: examineInstallation,
  },
  {
    name: 'sweep',
    summary: 'carry tenant changes and deletions that are still open out in storage, now',
    options: whereOptions,
    run: runSweep,
  },
  {
    name: 'reindex',
    summary: 'have the index of all tenants, or of one, made anew in the background',
    options: ['tenant', 'shards', ...whereOptions],
    notes: { tenant: 'this tenant alone' },
    run: runReindex,
  },
  auditCommand,
];
