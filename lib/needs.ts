import { createHash } from 'node:crypto';
import { type Call, type Kind, places } from '../functions/shared/config/calls.ts';
import type { SettingName } from '../functions/shared/config/settings.ts';
import { settingsOf } from '../functions/shared/http/contract.ts';
import { callerLookUp } from '../functions/shared/http/endpoint.ts';
import type { Endpoint } from './endpoints.ts';
import { callsOf } from './intents.ts';

/** All that a function may do; functions with equal needs share a role. */
export interface Needs {
  /** Each once, sorted. */
  readonly calls: readonly Call[];
  /** Is called by the stream of the Profiles table. */
  readonly followsProfiles?: true;
}

type WithDependencies = Pick<Endpoint, 'contract' | 'dependencies'>;

/** What an endpoint may do: what its dependencies call, and the look-up of the caller's access token. */
export const needsOf = ({ contract, dependencies }: WithDependencies): Needs => ({
  calls: callsOf({ ...dependencies, ...(contract.authorisation === 'accessToken' && callerLookUp) }),
});

/** The two words of a call: what is done, and to what. */
export function wordsOf(call: Call): { readonly verb: string; readonly object: string } {
  const [verb = '', object = ''] = call.split(' ');
  return { verb, object };
}

/** Whether this is a kind of item; it may be an index, or attachments. */
export const isKind = (object: string): object is Kind => object in places;

/** The setting with the name of the table or bucket that a call goes to; mail goes to neither. */
function placeOf(call: Call): SettingName | undefined {
  const { verb, object } = wordsOf(call);
  if (verb === 'SendEmail') return undefined;
  if (object === 'attachment') return 'attachmentsBucket';
  return isKind(object) ? `${places[object].table}Table` : 'profilesTable';
}

/** The settings with the names of all tables and buckets that these calls go to. */
export const placesOf = ({ calls }: Needs): readonly SettingName[] => [
  ...new Set(calls.flatMap((call) => placeOf(call) ?? [])),
];

/** Every setting that the function of an endpoint reads: its environment. */
export const environmentNamesOf = (endpoint: WithDependencies): readonly SettingName[] => [
  ...settingsOf(endpoint.contract),
  ...placesOf(needsOf(endpoint)),
  'stage',
  ...(endpoint.contract.authorisation === 'accessToken' ? (['cacheSeconds'] as const) : []),
];

/** First letter in upper case, as logical ids have it. */
export const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** CloudFormation takes 255 characters, and what stands around it needs some. */
const NAME_LIMIT = 200;

/** A name that fits: a longer one is cut, with a hash of all of it at its end. */
const fitting = (name: string): string =>
  name.length <= NAME_LIMIT
    ? name
    : `${name.slice(0, NAME_LIMIT - 8)}${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;

/** The needs as a logical id, for example `GetAccessTokenGetProfileGetTenant`: equal needs, equal name. */
export function nameOfNeeds({ calls, followsProfiles }: Needs): string {
  const words = calls.flatMap((call) => {
    const { verb, object } = wordsOf(call);
    return [verb.replace('Item', ''), object];
  });
  return fitting([...words, ...(followsProfiles ? ['stream'] : [])].map(pascal).join('') || 'Nothing');
}
