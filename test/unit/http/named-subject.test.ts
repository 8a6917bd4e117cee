import type { Contract } from '../../../functions/shared/http/contract.ts';
import { namedSubject } from '../../../functions/shared/http/named-subject.ts';
import { endpoints } from '../../../lib/endpoints.ts';

const id = '5b00000000000000000000aa';
const values = new Map(Object.entries({ tenantName: 'a', name: 'b', id, profileId: id, username: 'mara' }));

/** What a call with all of its parameters names, by the contract alone. */
function namedBy(contract: Contract): string {
  const given = Object.fromEntries(Object.keys(contract.parameters).map((name) => [name, values.get(name)]));
  const subject = namedSubject(contract, given, contract.body && { name: 'c' });
  return Object.entries(subject)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
    .join(' and ');
}

test('what a call is about is named by its contract, or known once it is looked up', () => {
  const operations = Object.groupBy(endpoints, ({ contract }) => namedBy(contract));
  const names = Object.entries(operations).map(([name, all = []]) => [
    name,
    all.map((one) => one.contract.operationId),
  ]);
  expect(Object.fromEntries(names)).toEqual({
    tenant: [
      ...['addAttributeDefinitions', 'addTenantRoles', 'countProfiles', 'countProfilesByQuery', 'createTenant'],
      ...['deleteTenant', 'getProfileByQuery', 'getProfileRange', 'getProfilesByAttributeValue'],
      ...['getProfilesByExistingAttribute', 'getProfilesByQuery', 'getProfilesByRole', 'getTenant'],
      ...['removeAttributeDefinitions', 'removeTenantRoles', 'updateAttributeDefinitions', 'updateTenant'],
      'verifyNewProfiles',
    ],
    profileId: [
      ...['addProfileRoles', 'createPersistentLogin', 'createTicket', 'createVerificationToken', 'deleteProfile'],
      ...['disableProfile', 'enableProfile', 'getAttachment', 'getAttachmentDetails', 'getAttachments', 'getProfile'],
      ...['getProfileAttributes', 'removeProfileAttributes', 'removeProfileRoles', 'resetPassword', 'updateProfile'],
      ...['updateProfileAttributes', 'uploadAttachment'],
    ],
    'tenant and username': ['authenticate', 'createProfile', 'getProfileByUsername'],
    accessTokenId: ['deleteAccessToken', 'getAccessToken'],
    '': expect.any(Array),
  });
});

const updateProfile = { path: '/profile/{id}/update' } as const;

test('an id is taken in lower case, and anything else that stands there not at all', () => {
  expect(namedSubject(updateProfile, { id: id.toUpperCase() }).profileId).toBe(id);
  expect(namedSubject(updateProfile, { id: 'secret' }).profileId).toBeUndefined();
});

test('a username without a tenant is what a profile is to be called, not whose it is', () => {
  expect(namedSubject(updateProfile, { id, username: 'mara' }).username).toBeUndefined();
});

test.each([undefined, 5, ['a'], { name: 5 }, { name: null }])('the body %j names no tenant', (body) => {
  expect(namedSubject({ path: '/tenant/create' }, {}, body).tenant).toBeUndefined();
});
