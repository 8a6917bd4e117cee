import { readCommandLine } from '../command-line.ts';
import { DEFAULT_STAGE } from '../options.ts';
import { UsageError } from '../usage-error.ts';

/** How a person calls it. */
export const call = 'npm run admin --';

/** Every option of the operator's command line: `value` is what stands for its value in the help. */
export const optionTable = {
  email: { type: 'string', value: 'ADDRESS', help: 'address of the administrator' },
  tenant: { type: 'string', value: 'NAME', help: 'name of the tenant' },
  username: { type: 'string', value: 'NAME', help: 'name of the user' },
  profile: { type: 'string', value: 'ID', help: 'of the profile of this id alone' },
  application: {
    type: 'string',
    value: 'NAME',
    help: 'application of the access token',
  },
  'no-cleansing': {
    type: 'boolean',
    default: false,
    help: 'the tenant has text attributes stored as they are sent, without HTML escaping',
  },
  again: {
    type: 'boolean',
    default: false,
    help: 'make another token and administrator of an installation that has its first ones',
  },
  shards: {
    type: 'string',
    value: 'NUMBER',
    help: 'spread the index over so many parts, up to 32; one that is there is not made anew, only spread',
  },
  function: {
    type: 'string',
    value: 'NAME',
    help: 'the function of a log that does not say it, for example profile/get-profile',
  },
  since: { type: 'string', value: 'TIME', help: 'from then on: 30d, 12h, 90m ago, or a time such as 2026-01-31' },
  allow: {
    type: 'string',
    multiple: true,
    value: 'ACTION',
    help: "what it may do there, any number of times; '*' is everything",
  },
  master: { type: 'boolean', default: false, help: 'it may manage access tokens' },
  expires: { type: 'string', value: 'TIME', help: 'ends so long from now: 90d, 24h, 15m; default: never' },
  grace: { type: 'string', value: 'TIME', help: 'the old one still works so long: 24h, 15m; default: 24h' },
  output: {
    type: 'string',
    value: 'FILE',
    help: 'write into this new file that nobody else may read, in place of printing',
  },
  attachments: { type: 'string', value: 'DIR', help: 'write the images into this folder, too' },
  url: { type: 'string', value: 'URL', help: 'page of the application that the link in the mail leads to' },
  json: { type: 'boolean', default: false, help: 'as one JSON document' },
  maps: { type: 'string', value: 'DIR', help: 'where the source maps of another build are kept' },
  to: { type: 'string', value: 'TIME', help: 'the moment, with its zone, for example 2026-11-28T09:30:00Z' },
  back: { type: 'boolean', default: false, help: 'use the first tables again' },
  'with-secrets': {
    type: 'boolean',
    default: false,
    help: 'with password hashes and the ids of access tokens',
  },
  'with-attachments': { type: 'boolean', default: false, help: 'with attachments and their bytes' },
  format: {
    type: 'string',
    value: 'FORMAT',
    help: 'mongoexport: what the tools of the replaced server read, for going back',
  },
  'no-export': { type: 'boolean', default: false, help: 'keep nothing of what is deleted' },
  'dry-run': { type: 'boolean', default: false, help: 'read and check everything, and write nothing' },
  verify: { type: 'boolean', default: false, help: 'compare what is stored with the files, and write nothing' },
  update: {
    type: 'boolean',
    default: false,
    help: 'replace what is newer in the files and was not changed here since it was imported',
  },
  'disable-missing': {
    type: 'boolean',
    default: false,
    help: 'with --update: disable profiles of an earlier import that are not in the files any more',
  },
  'merge-tenants': { type: 'boolean', default: false, help: 'add roles and definitions to tenants that are there' },
  'new-ids': { type: 'boolean', default: false, help: 'take profiles whose _id is no ObjectId, under new ids' },
  'keep-all': {
    type: 'boolean',
    default: false,
    help: 'write attachments that cannot be taken into the folder import-kept',
  },
  from: {
    type: 'string',
    value: 'STORE',
    help: 'users of keycloak, auth0, firebase, cognito, kratos or gotrue, for the tenant that --tenant names',
  },
  'make-definitions': {
    type: 'boolean',
    default: false,
    help: 'with --from: define the attributes of the users that the tenant does not define',
  },
  'firebase-keys': { type: 'string', value: 'FILE', help: "parameters of a Firebase project's password hashes" },
  database: { type: 'string', value: 'NAME', help: 'the database of a dump that has several' },
  collection: { type: 'string', value: 'NAME', help: 'of files whose names do not say it' },
  yes: { type: 'boolean', default: false, help: 'ask nothing' },
  stage: {
    type: 'string',
    value: 'NAME',
    default: DEFAULT_STAGE,
    help: `the deployed installation of this stage, default: ${DEFAULT_STAGE}`,
  },
  local: { type: 'boolean', default: false, help: 'the local stack that "npm start" runs on this machine' },
  directory: { type: 'string', value: 'DIR', help: 'the one that was started with this --directory' },
} as const;

export type OptionName = keyof typeof optionTable;

/** Those that say which installation. */
export const whereOptions = ['stage', 'local', 'directory'] as const satisfies readonly OptionName[];

const isOptionName = (name: string): name is OptionName => Object.hasOwn(optionTable, name);

/** The command line as it was typed: values, arguments, which options were given at all, and which several times. Throws a `UsageError`. */
export function readAdminLine() {
  const { values, positionals, tokens } = readCommandLine({ call, options: optionTable, takesArguments: true });
  const given = new Set(tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : [])).filter(isOptionName));
  const typed = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  const empty = [...given].filter((name) => typed.some((token) => token.name === name && token.value === ''));
  if (empty.length > 0)
    throw new UsageError(`${empty.map((name) => `--${name}`).join(', ')} is empty: give it a value`);
  const repeated = [...given].filter((name) => typed.filter((token) => token.name === name).length > 1);
  const tenants = typed.flatMap(({ name, value }) => (name === 'tenant' && value !== undefined ? [value] : []));
  return { values: { ...values, tenants }, positionals, given, repeated };
}

export type OptionValues = ReturnType<typeof readAdminLine>['values'];
