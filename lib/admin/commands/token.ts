import type { AdminCommand } from '../admin-command.ts';
import { type OptionValues, whereOptions } from '../command-options.ts';
import { requireDuration } from '../duration.ts';
import { useTarget } from '../target.ts';
import type { TokenAnswer } from '../token/change-tokens.ts';

const named = { name: 'BEGIN', isOptional: true };
const nameNotes = { application: 'that of this application, or to tell those apart that begin alike' };
/** Notes go beside the id, so that this alone can be piped into a store of secrets. */
function tell({ id, notes }: TokenAnswer): void {
  if (id !== undefined) console.log(id);
  for (const note of notes) id === undefined ? console.log(note) : console.error(note);
}

async function runList(values: OptionValues): Promise<void> {
  await useTarget(values);
  const { listAccessTokens } = await import('../../../functions/shared/repositories/access-tokens.ts');
  const { tokensJson, tokenTable } = await import('../token/shown.ts');
  const { application, json } = values;
  const all = await listAccessTokens();
  const tokens = all.filter((token) => application === undefined || token.application === application);
  if (json) console.log(tokensJson(tokens, Date.now()));
  else for (const line of tokenTable(tokens, Date.now())) console.log(line);
}

async function runCreate(values: OptionValues): Promise<void> {
  const { createToken } = await import('../token/change-tokens.ts');
  const { expiryOf, permissionsOf } = await import('../token/wanted.ts');
  const { application = '', tenants, allow = [], master, expires } = values;
  const wanted = { application, tenants, allow, master, expires };
  permissionsOf(wanted);
  expiryOf(wanted, Date.now());
  await useTarget(values);
  tell(await createToken(wanted, Date.now()));
}

async function runRotate(values: OptionValues, begin: string): Promise<void> {
  const { requireTokenName } = await import('../token/named-token.ts');
  const { rotateToken } = await import('../token/change-tokens.ts');
  const { application, grace = '24h' } = values;
  requireTokenName({ begin, application });
  const graceMs = requireDuration('grace', grace);
  await useTarget(values);
  tell(await rotateToken({ begin, application }, graceMs, Date.now()));
}

async function runRevoke(values: OptionValues, begin: string): Promise<void> {
  const { requireTokenName } = await import('../token/named-token.ts');
  const { revokeToken } = await import('../token/change-tokens.ts');
  const { application } = values;
  requireTokenName({ begin, application });
  await useTarget(values);
  tell(await revokeToken({ begin, application }));
}

async function runInspect(values: OptionValues, begin: string): Promise<void> {
  const { namedToken, requireTokenName } = await import('../token/named-token.ts');
  const { tokenJson, tokenLines } = await import('../token/shown.ts');
  const { application, json } = values;
  requireTokenName({ begin, application });
  await useTarget(values);
  const token = await namedToken({ begin, application });
  if (json) console.log(tokenJson(token, Date.now()));
  else for (const line of tokenLines(token, Date.now())) console.log(line);
}

/** What an operator does with access tokens. */
export const tokenCommands: readonly AdminCommand[] = [
  {
    name: 'token list',
    summary: 'show all access tokens: of each id the begin alone',
    options: ['application', 'json', ...whereOptions],
    notes: { application: 'those of this application alone' },
    run: runList,
  },
  {
    name: 'token create',
    summary: 'make an access token, and print its id once',
    requires: 'application',
    options: ['application', 'tenant', 'allow', 'master', 'expires', ...whereOptions],
    repeats: ['tenant', 'allow'],
    notes: { tenant: "where it may do so, any number of times; '*' is every tenant" },
    run: runCreate,
  },
  {
    name: 'token rotate',
    summary:
      'make one that may do the same, and let the one that begins so end; - takes a whole id from standard input',
    argument: named,
    options: ['application', 'grace', ...whereOptions],
    notes: nameNotes,
    run: runRotate,
  },
  {
    name: 'token revoke',
    summary:
      'end the one that begins so, also one that no URL can name, at once; - takes a whole id from standard input',
    argument: named,
    options: ['application', ...whereOptions],
    notes: nameNotes,
    run: runRevoke,
  },
  {
    name: 'token inspect',
    summary: 'show everything of the one that begins so but its id; - takes a whole id from standard input',
    argument: named,
    options: ['application', 'json', ...whereOptions],
    notes: nameNotes,
    run: runInspect,
  },
];
