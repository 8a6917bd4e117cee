import { createHash } from 'node:crypto';
import { denied, tokenOfElsewhere, tokenThatMay } from '../callers.ts';
import type { ApiResponse, LocalApi } from '../local-api.ts';
import type { SessionKind } from './kinds.ts';

/** Gives the API that the file of the suite started, with an access token `app-token` that may do everything. */
export type GivesApi = () => LocalApi;

/** Sends the call as `app-token` unless another caller is named. */
export type SessionCall = (id: string, accessTokenId?: string) => Promise<ApiResponse>;

const allActions = ['MANAGE_TICKETS', 'MANAGE_PROFILES', 'READ_TENANT'];

export const nowMs = 1_500_000_000_000;

export const earlierTenant = { tenantId: '5a0000000000000000000000' };

export const answerOf = ({ status, body }: ApiResponse) => [status, body];

/** Whether the store has one by the hash of its id. */
export async function isStored(api: LocalApi, { table, keyPrefix }: SessionKind, id: string): Promise<boolean> {
  const pk = `${keyPrefix}${createHash('sha256').update(id).digest('hex')}`;
  return (await api.items(table)).some((item) => item.pk === pk);
}

/** What comes before an action does not make up for it, nor does everything else. */
export const callersWithout = (actions: readonly string[], action: string): readonly (readonly string[])[] => [
  actions.slice(0, actions.indexOf(action)),
  allActions.filter((other) => other !== action),
];

/** What callers are told who may not make the call, of the actions in the order of asking; `newId` is of what it would work on. */
export function testCallers(
  givesApi: GivesApi,
  actions: readonly string[],
  call: SessionCall,
  newId: () => Promise<string>,
): void {
  test.each(actions)('403 without %s on its tenant, and nothing is used up', async (action) => {
    const id = await newId();
    for (const held of callersWithout(actions, action)) {
      const answer = await call(id, await tokenThatMay(givesApi(), ...held));
      expect(answerOf(answer)).toEqual([403, denied(action)]);
    }
    expect((await call(id)).status).toBe(200);
  });

  test('403 for a caller of another tenant; nothing but the actions is needed', async () => {
    const id = await newId();
    const [first = ''] = actions;
    expect(answerOf(await call(id, await tokenOfElsewhere(givesApi())))).toEqual([403, denied(first)]);
    expect((await call(id, await tokenThatMay(givesApi(), ...actions))).status).toBe(200);
  });

  test('403 for an unknown access token, before the id is looked at', async () => {
    const unknown = { errorCode: 'NO_SUCH_ACCESS_TOKEN_ID', message: 'No access token found for ID "nobody"' };
    for (const id of ['none', await newId()]) expect(answerOf(await call(id, 'nobody'))).toEqual([403, unknown]);
  });
}
