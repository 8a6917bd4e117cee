import { sample } from '../sample.ts';

/** The profile that most examples are about. */
export const johnDoe = {
  id: sample.profileId,
  username: sample.username,
  email: 'john.doe@example.com',
  verified: true,
  enabled: true,
  createdOn: sample.createdOn,
  lastModified: sample.createdOn,
  tenant: sample.tenant,
  roles: ['APP_TEST'],
  attributes: { firstName: 'John', lastName: 'Doe' },
};

/** The same, just changed. */
export const changed = { ...johnDoe, lastModified: 1_722_000_450_123 };

/** Of the other tenant; the user is about to choose a new password. */
export const forgetful = {
  ...changed,
  id: sample.forgetful.profileId,
  username: 'forgetful',
  email: 'forgetful@example.com',
  createdOn: 1_495_811_673_000,
  tenant: 'default',
  roles: [],
  attributes: {},
};

/** Switched off, and its user never followed the link. */
export const janeDoe = {
  ...johnDoe,
  id: sample.disabledProfileId,
  username: 'jane.doe',
  email: 'jane.doe@example.com',
  verified: false,
  enabled: false,
  createdOn: 1_495_811_673_000,
  lastModified: 1_495_811_673_000,
  roles: ['APP_TEST', 'APP_REPORT'],
  attributes: { firstName: 'Jane', lastName: 'Doe' },
};
