import { text } from 'node:stream/consumers';
import type { AccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import { findAccessToken, listAccessTokens } from '../../../functions/shared/repositories/access-tokens.ts';
import { UsageError } from '../../usage-error.ts';
import { printable } from '../printable.ts';

/** In place of the begin of an id: the whole id comes by standard input. */
const STANDARD_INPUT = '-';
/** Fewer characters of an id name nothing: a mistyped word would end a token. */
const FEWEST = 4;

/** How a person names an access token: by the begin of its id, its application, or both. */
export interface TokenName {
  /** Empty: by its application alone. */
  readonly begin: string;
  readonly application?: string | undefined;
}

/** Throws a `UsageError` where nothing is named. */
export function requireTokenName({ begin, application }: TokenName): void {
  if (begin === '' && application === undefined)
    throw new UsageError(
      'Which access token? Give the begin of its id as "token list" shows it, --application, or - and its id by standard input',
    );
}

/** With the line break that a terminal or `echo` puts behind it taken off. */
const idFromInput = async () => (await text(process.stdin)).replace(/\r?\n$/, '');

function several(found: readonly AccessToken[], { begin, application }: TokenName): UsageError {
  const names = [...new Set(found.map((token) => JSON.stringify(token.application ?? '')))].sort().join(', ');
  const shared = begin === '' ? 'are of' : `begin with ${JSON.stringify(begin)}: they are of`;
  const more =
    application === undefined && begin !== '' ? 'give more of the id, or --application' : 'give more of the id';
  return new UsageError(printable(`${found.length} access tokens ${shared} application ${names}: ${more}`));
}

/** Those that a name may mean; the one whose whole id it is is meant alone. */
async function candidates({ begin, application }: TokenName): Promise<readonly AccessToken[]> {
  const ofApplication = (token: AccessToken) => application === undefined || token.application === application;
  if (begin === '') return (await listAccessTokens()).filter(ofApplication);
  const whole = await findAccessToken(begin);
  if (whole !== undefined) return [whole].filter(ofApplication);
  const found = (await listAccessTokens()).filter((token) => token.id.startsWith(begin) && ofApplication(token));
  if (begin.length < FEWEST && found.some(({ id }) => id.length >= 2 * FEWEST))
    throw new UsageError(`${JSON.stringify(begin)} is too short: give at least ${FEWEST} characters of the id`);
  return found;
}

/** The one access token of that name. Throws a `UsageError` where several are, and rejects where none is. */
export async function namedToken({ begin, application }: TokenName): Promise<AccessToken> {
  const isWhole = begin === STANDARD_INPUT;
  const id = isWhole ? await idFromInput() : begin;
  if (isWhole && id === '')
    throw new UsageError('Standard input is empty: the id of the access token is expected there');
  const found = isWhole
    ? [await findAccessToken(id)].filter((one) => one !== undefined)
    : await candidates({ begin, application });
  const [token, ...others] = found;
  if (others.length > 0) throw several(found, { begin, application });
  if (token !== undefined) return token;
  const named = [
    ...(isWhole ? ['of the id in standard input'] : []),
    ...(isWhole || begin === '' ? [] : [`that begins with ${JSON.stringify(begin)}`]),
    ...(application === undefined ? [] : [`of application ${JSON.stringify(application)}`]),
  ].join(' ');
  throw new Error(printable(`There is no access token ${named}: "token list" shows those that there are`));
}
