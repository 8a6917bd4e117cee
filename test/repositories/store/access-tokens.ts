import { batchRead, type Case, read, write } from './case.ts';
import { anAccessToken, fresh, manyPermissions } from './world.ts';

const sizes = [
  ['', anAccessToken().tenantPermissions],
  [', with many permissions', manyPermissions],
] as const;

const writing = sizes.flatMap(([size, tenantPermissions]): readonly Case[] => [
  write('createAccessToken', `a free id${size}`, async (store) => {
    const token = anAccessToken({ tenantPermissions });
    return {
      call: () => store.createAccessToken(token),
      answer: true,
      held: () => store.findAccessToken(token.id),
      holds: token,
    };
  }),
  write('createAccessToken', `a taken id${size}`, async (store) => {
    const token = anAccessToken();
    await store.createAccessToken(token);
    return {
      call: () => store.createAccessToken({ ...token, master: true, tenantPermissions }),
      answer: false,
      held: () => store.findAccessToken(token.id),
      holds: token,
    };
  }),
  write('replaceAccessToken', `one that is there${size}`, async (store) => {
    const old = anAccessToken({ tenantPermissions });
    await store.createAccessToken(old);
    const token = anAccessToken({ tenantPermissions });
    return {
      call: () => store.replaceAccessToken(old, token, 7),
      answer: true,
      held: async () => [await store.findAccessToken(old.id), await store.findAccessToken(token.id)],
      holds: [{ ...old, expiresOnMs: 7 }, token],
    };
  }),
  write('deleteAccessToken', `one that is there${size}`, async (store) => {
    const { id } = anAccessToken();
    await store.createAccessToken(anAccessToken({ id, tenantPermissions }));
    return {
      call: () => store.deleteAccessToken(id),
      answer: undefined,
      held: () => store.findAccessToken(id),
      holds: undefined,
    };
  }),
]);

/** What is promised of access tokens. */
export const accessTokenCases: readonly Case[] = [
  ...writing,
  write('replaceAccessToken', 'gone, and nothing made', async (store) => {
    const [old, token] = [anAccessToken(), anAccessToken()];
    return {
      call: () => store.replaceAccessToken(old, token, 7),
      answer: false,
      held: async () => [await store.findAccessToken(old.id), await store.findAccessToken(token.id)],
      holds: [undefined, undefined],
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
  batchRead('findAccessToken', 'one with many permissions', async (store) => {
    const token = anAccessToken({ tenantPermissions: manyPermissions });
    await store.createAccessToken(token);
    return { call: () => store.findAccessToken(token.id), answer: token };
  }),
  batchRead('findAccessToken', 'one that was read and made anew', async (store) => {
    const token = anAccessToken({ tenantPermissions: manyPermissions });
    await store.createAccessToken(token);
    await store.findAccessToken(token.id);
    await store.deleteAccessToken(token.id);
    const anew = { ...token, tenantPermissions: manyPermissions.slice(1) };
    await store.createAccessToken(anew);
    return { call: () => store.findAccessToken(token.id), answer: anew };
  }),
  read('findAccessToken', 'none', async (store) => ({
    call: () => store.findAccessToken(fresh('none')),
    answer: undefined,
  })),
  read('listAccessTokens', 'two, made in the other order', async (store) => {
    const [first, second] = [anAccessToken({ tenantPermissions: manyPermissions }), anAccessToken()];
    await store.createAccessToken(second);
    await store.createAccessToken(first);
    return { call: async () => (await store.listAccessTokens()).slice(-2), answer: [first, second] };
  }),
];
