import { sample } from '../sample.ts';
import { janeDoe, johnDoe } from './sample-profiles.ts';

const tenantName = sample.tenant;
const byUsername = { sortBy: 'username', sortOrder: 'DESC' };

export const profileQueryExamples = {
  getProfileByQuery: { parameters: { tenantName, query: '{email: "john.doe@example.com"}' }, answer: johnDoe },
  getProfileByUsername: { parameters: { tenantName, username: sample.username }, answer: johnDoe },
  getProfileByTicket: { parameters: { ticketId: sample.ticketId }, answer: johnDoe },
  countProfiles: { parameters: { tenantName }, answer: 2 },
  countProfilesByQuery: { parameters: { tenantName, query: '{roles: "APP_REPORT"}' }, answer: 1 },
  getProfilesByQuery: {
    parameters: {
      tenantName,
      query: '{username: {$regex: ".*doe", $options: "i"}}',
      ...byUsername,
      start: 0,
      count: 10,
    },
    answer: [johnDoe, janeDoe],
  },
  getProfilesByIds: {
    parameters: { id: [sample.profileId, sample.disabledProfileId], ...byUsername },
    answer: [johnDoe, janeDoe],
  },
  getProfileRange: { parameters: { tenantName, ...byUsername, start: 0, count: 10 }, answer: [johnDoe, janeDoe] },
  getProfilesByRole: { parameters: { tenantName, role: 'APP_REPORT' }, answer: [janeDoe] },
  getProfilesByExistingAttribute: {
    parameters: { tenantName, attributeName: 'firstName', ...byUsername },
    answer: [johnDoe, janeDoe],
  },
  getProfilesByAttributeValue: {
    parameters: { tenantName, attributeName: 'firstName', attributeValue: 'Jane' },
    answer: [janeDoe],
  },
};
