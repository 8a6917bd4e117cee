import { sample } from '../sample.ts';

const newsletter = {
  id: '0d2f6c1e-8a4b-4f7e-9c55-1b2a3c4d5e6f',
  application: 'newsletter',
  master: false,
  tenantPermissions: [{ tenant: sample.tenant, allowedActions: ['READ_TENANT', 'MANAGE_PROFILES'] }],
  expiresOn: 1_893_456_000_000,
};

const master = {
  id: sample.accessToken,
  application: 'profile-admin',
  master: true,
  tenantPermissions: [{ tenant: '*', allowedActions: ['*'] }],
  expiresOn: null,
};

const builtIn = (id: string, application: string) => ({
  id,
  application,
  master: false,
  tenantPermissions: [{ tenant: '*', allowedActions: ['READ_TENANT', 'MANAGE_PROFILES', 'MANAGE_TICKETS'] }],
  expiresOn: null,
});
const engine = builtIn('b4d44030-d0af-11e3-9c1a-0800200c9a66', 'engine');
const social = builtIn('2ba3ac10-c43e-11e3-9c1a-0800200c9a66', 'social');
const spare = { ...master, id: sample.spare.accessToken, application: 'spare', master: false, tenantPermissions: [] };

export const accessTokenExamples = {
  createAccessToken: { body: newsletter, answer: newsletter },
  getAccessToken: { parameters: { id: sample.accessToken }, answer: master },
  getAllAccessTokens: { answer: [master, engine, social, spare] },
  deleteAccessToken: { parameters: { id: spare.id } },
};
