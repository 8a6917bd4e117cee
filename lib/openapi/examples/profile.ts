import { sample } from '../sample.ts';
import { changed, janeDoe, johnDoe } from './sample-profiles.ts';

const id = sample.profileId;

export const profileExamples = {
  createProfile: {
    parameters: {
      tenantName: sample.tenant,
      username: 'mara',
      password: 'correct horse battery staple',
      email: 'mara@example.com',
      enabled: true,
      role: ['APP_TEST', 'APP_REPORT'],
      attributes: '{"firstName":"Mara"}',
      verificationUrl: 'https://app.example.com/verify',
    },
    answer: {
      id: '66a1f0c2b7e34d0011223344',
      username: 'mara',
      email: 'mara@example.com',
      verified: false,
      enabled: false,
      createdOn: 1_722_000_000_000,
      lastModified: 1_722_000_000_000,
      tenant: sample.tenant,
      roles: ['APP_TEST', 'APP_REPORT'],
      attributes: { firstName: 'Mara' },
    },
  },
  updateProfile: {
    parameters: { id, email: 'john.doe@example.com', attributes: '{"firstName":"Johnny"}' },
    answer: { ...changed, attributes: { firstName: 'Johnny', lastName: 'Doe' } },
  },
  enableProfile: {
    parameters: { id: sample.disabledProfileId },
    answer: { ...janeDoe, enabled: true, lastModified: changed.lastModified },
  },
  disableProfile: {
    parameters: { id: sample.disabledProfileId },
    answer: { ...janeDoe, lastModified: changed.lastModified },
  },
  addProfileRoles: {
    parameters: { id, role: ['APP_REPORT'] },
    answer: { ...changed, roles: ['APP_TEST', 'APP_REPORT'] },
  },
  removeProfileRoles: { parameters: { id, role: ['APP_TEST'] }, answer: { ...changed, roles: [] } },
  getProfileAttributes: {
    parameters: { id, attributesToReturn: ['firstName'] },
    answer: { firstName: 'John' },
  },
  updateProfileAttributes: {
    parameters: { id },
    body: { firstName: 'Johnny' },
    answer: { ...changed, attributes: { firstName: 'Johnny', lastName: 'Doe' } },
  },
  removeProfileAttributes: {
    parameters: { id, attributeName: ['lastName'] },
    answer: { ...changed, attributes: { firstName: 'John' } },
  },
  deleteProfile: { parameters: { id: sample.spare.profileId } },
  getProfile: { parameters: { id }, answer: johnDoe },
};
