import { type Case, read, write } from './case.ts';
import { anAccessToken, fresh } from './world.ts';

/** What is promised of access tokens. */
export const accessTokenCases: readonly Case[] = [
  write('createAccessToken', 'a free id', async (store) => {
    const token = anAccessToken();
    return {
      call: () => store.createAccessToken(token),
      answer: true,
      held: () => store.findAccessToken(token.id),
      holds: token,
    };
  }),
  write('createAccessToken', 'a taken id', async (store) => {
    const token = anAccessToken();
    await store.createAccessToken(token);
    return {
      call: () => store.createAccessToken({ ...token, master: true }),
      answer: false,
      held: () => store.findAccessToken(token.id),
      holds: token,
    };
  }),
  write('deleteAccessToken', 'one that is there', async (store) => {
    const { id } = anAccessToken();
    await store.createAccessToken(anAccessToken({ id }));
    return {
      call: () => store.deleteAccessToken(id),
      answer: undefined,
      held: () => store.findAccessToken(id),
      holds: undefined,
    };
  }),
  write('deleteAccessToken', 'none', async (store) => ({
    call: () => store.deleteAccessToken(fresh('none')),
    answer: undefined,
  })),
  read('findAccessToken', 'one with an end', async (store) => {
    const token = anAccessToken({ application: null, master: true, tenantPermissions: [], expiresOnMs: 5 });
    await store.createAccessToken(token);
    return { call: () => store.findAccessToken(token.id), answer: token };
  }),
  read('findAccessToken', 'none', async (store) => ({
    call: () => store.findAccessToken(fresh('none')),
    answer: undefined,
  })),
  read('listAccessTokens', 'two, made in the other order', async (store) => {
    const [first, second] = [anAccessToken(), anAccessToken()];
    await store.createAccessToken(second);
    await store.createAccessToken(first);
    return { call: async () => (await store.listAccessTokens()).slice(-2), answer: [first, second] };
  }),
];
