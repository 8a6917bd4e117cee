import { sample } from '../sample.ts';

const owner = { tenant: sample.tenant, profileId: sample.profileId };
const ticket = { id: sample.ticketId, ...owner, lastRequestTime: 1_722_000_500_000 };
const login = {
  id: sample.persistentLoginId,
  ...owner,
  token: '91c2d3e4-f506-4718-a92b-3c4d5e6f7081',
  timestamp: 1_722_000_600_000,
};
const ofTicket = { id: ticket.id };
const ofLogin = { id: login.id };

export const authenticationExamples = {
  authenticate: {
    parameters: { tenantName: sample.tenant, username: sample.username, password: sample.password },
    answer: ticket,
  },
  createTicket: { parameters: { profileId: sample.profileId }, answer: ticket },
  getTicket: { parameters: ofTicket, answer: ticket },
  invalidateTicket: { parameters: { id: sample.spare.ticketId } },
  createPersistentLogin: { parameters: { profileId: sample.profileId }, answer: login },
  getPersistentLogin: { parameters: ofLogin, answer: login },
  refreshPersistentLoginToken: {
    parameters: ofLogin,
    answer: { ...login, token: '2f8a6c1d-7b3e-4a90-8d5c-6e1f0a9b8c7d' },
  },
  deletePersistentLogin: { parameters: { id: sample.spare.persistentLoginId } },
};
