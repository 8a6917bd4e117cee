import { type AccessToken, hasExpired } from '../../functions/shared/domain/access/access-token.ts';
import { listAccessTokens } from '../../functions/shared/repositories/access-tokens.ts';
import { tenantIds } from '../../functions/shared/repositories/tenants.ts';
import { shellQuoted } from '../shell-quoted.ts';
import { printable } from './printable.ts';

const MOST_NAMED = 10;

/** By its application: its id is the secret. */
function nameOf({ application, master }: AccessToken): string {
  const name = application === null ? 'without an application' : `of application ${JSON.stringify(application)}`;
  return `access token ${printable(name)}${master ? ', master' : ''}`;
}

const dayOf = ({ expiresOnMs }: AccessToken) => new Date(expiresOnMs ?? 0).toISOString().replace(/T.*/, '');

/** `where` are the options of the command line that name the installation. */
async function bootstrapCommand(where: string): Promise<string> {
  const tenants = [...(await tenantIds()).keys()];
  const [first] = tenants;
  const tenant = first === undefined || tenants.includes('default') ? [] : [`--tenant=${shellQuoted(first)}`];
  const options = ['--again', '--email ADDRESS', '--username token-maker', ...tenant, where];
  return `npm run admin -- bootstrap ${options.filter((option) => option !== '').join(' ')}`;
}

/**
 * Says which access tokens of the installation have expired, and how to get one that works; nothing where none has. The old server's own expire on
 * 2024-01-01 (contract 8.3), and whoever brings them along is answered 403 and has no other word of it.
 */
export async function expiredTokenWarnings(where: string, nowMs: number): Promise<readonly string[]> {
  const tokens = await listAccessTokens();
  const expired = tokens.filter((token) => hasExpired(token, nowMs));
  if (expired.length === 0) return [];
  const all = expired.length === tokens.length;
  const count = `${expired.length} of ${tokens.length} access tokens ${expired.length === 1 ? 'has' : 'have'} expired`;
  const more = expired.length - MOST_NAMED;
  return [
    `WARNING: ${count}: every call with ${expired.length === 1 ? 'it' : 'one of them'} is refused${all ? ', and no other works' : ''}.`,
    ...expired.slice(0, MOST_NAMED).map((token) => `  ${nameOf(token)}: expired on ${dayOf(token)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    'This makes a master access token that works, and an administrator:',
    `  ${await bootstrapCommand(where)}`,
    'With it, an expired one can be deleted and created again under its id: see docs/moving-in.md.',
  ];
}
