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

export const accessTokenExamples = {
  createAccessToken: { body: newsletter, answer: newsletter },
  getAccessToken: { parameters: { id: sample.accessToken }, answer: master },
  getAllAccessTokens: { answer: [master] },
  deleteAccessToken: { parameters: { id: newsletter.id } },
};
