/** The operator's command line: `npm run admin -- <command>`; run it without one for help. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from '../lib/admin/bootstrap.ts';
import { describeFailure } from '../lib/admin/failures.ts';
import { DEFAULT_STAGE, targetArguments, targetVariables, useTarget } from '../lib/admin/target.ts';
import { requireSettings } from '../lib/setting-values.ts';

const help = `Usage: npm run admin -- <command> [options]

Commands
  bootstrap --email ADDRESS   make the first master access token, tenant and administrator, and print the secrets once
      --tenant NAME           default: default
      --username NAME         default: admin
      --application NAME      application of the access token, default: profile-admin
      --no-cleansing          the tenant has text attributes stored as they are sent, without HTML escaping
      --again                 make another token and administrator of an installation that has its first ones
  end-token ID                delete an access token, whatever its id: also one that no URL can name
  import FILE                 load exported collections of the replaced server (tenants, access tokens, profiles)
  environment                 print the environment of the functions for "sam local invoke -n"
  trace [FILE]                turn the stacks of a log, from FILE or standard input, into lines of the sources
      --function NAME         the function of a log that does not say it, for example profile/get-profile
      --maps DIR              where the source maps of another build are kept
  sweep                       carry tenant changes and deletions that are still open out in storage, now

Where
  --stage NAME                the deployed installation of this stage (from cdk-outputs.json), default: dev
  --local                     the local stack that "npm start" runs on this machine
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    email: { type: 'string' },
    tenant: { type: 'string', default: 'default' },
    username: { type: 'string', default: 'admin' },
    application: { type: 'string', default: 'profile-admin' },
    again: { type: 'boolean', default: false },
    'no-cleansing': { type: 'boolean', default: false },
    stage: { type: 'string', default: DEFAULT_STAGE },
    function: { type: 'string' },
    maps: { type: 'string' },
    local: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function runBootstrap(): Promise<void> {
  const { email, tenant, username, application, again } = values;
  if (email === undefined) throw new Error('bootstrap needs --email ADDRESS, the address of the administrator');
  const made = await bootstrap({ email, tenant, username, application, again, cleanses: !values['no-cleansing'] });
  console.log(`These secrets are shown once: keep them safe.
  access token (master)   ${made.accessTokenId}
  tenant                  ${made.tenant}
  administrator           ${made.username}
  password                ${made.password}`);
}

async function runImport(file: string | undefined): Promise<void> {
  if (file === undefined) throw new Error('import needs a FILE');
  const { importFile } = await import('../lib/import/import-file.ts');
  const { expiredTokenWarnings } = await import('../lib/admin/expired-tokens.ts');
  for (const line of await importFile(file)) console.log(line);
  for (const line of await expiredTokenWarnings(targetArguments(values), Date.now())) console.error(line);
}

async function runEndToken(id: string | undefined): Promise<void> {
  if (!id) throw new Error('end-token needs an ID, that of the access token');
  const { endAccessToken } = await import('../lib/admin/end-token.ts');
  console.log(await endAccessToken(id));
}

async function runSweep(): Promise<void> {
  const { sweepAll } = await import('../lib/admin/sweep.ts');
  console.log(await sweepAll());
}

async function runTrace(file: string | undefined): Promise<void> {
  const { readLog } = await import('../lib/admin/trace-input.ts');
  const { trace } = await import('../lib/admin/trace.ts');
  const given = (path: string | undefined) => path && resolve(process.env.INIT_CWD ?? process.cwd(), path);
  const log = await readLog(given(file));
  process.chdir(join(import.meta.dirname, '..'));
  const { text, notes } = await trace(log, { functionName: values.function, maps: given(values.maps) });
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  for (const note of notes) console.error(note);
}

/** These work on no installation. */
const onFiles: Readonly<Record<string, () => Promise<void>>> = { trace: () => runTrace(positionals[1]) };

const commands: Readonly<Record<string, () => Promise<void>>> = {
  bootstrap: runBootstrap,
  'end-token': () => runEndToken(positionals[1]),
  import: () => runImport(positionals[1]),
  sweep: runSweep,
  environment: async () => console.log(JSON.stringify({ Parameters: targetVariables(values) }, null, 2)),
};

const [name = ''] = positionals;
const of = (all: typeof commands) => (Object.hasOwn(all, name) ? all[name] : undefined);
const command = of(commands) ?? of(onFiles);
if (command === undefined || values.help) {
  console.log(help);
  process.exitCode = values.help || name === '' ? 0 : 1;
} else {
  try {
    requireSettings();
    if (of(onFiles) === undefined) useTarget(values);
    await command();
  } catch (failure) {
    console.error(describeFailure(failure));
    process.exitCode = 1;
  }
}
