/** Values of the local stack's sample data that the examples speak of. */
export const sample = {
  accessToken: 'e8f5170c-877b-416f-b70f-4b09772f8e2d',
  managementToken: 'defaultManagementToken',
  tenant: 'sample-tenant',
  tenantId: '5926e66ed4c650eb2f8ad8d4',
  profileId: '592715d4d4c650e226b03b62',
  username: 'john.doe',
  password: 'password',
  disabledProfileId: '59284659d4c650213cc2f3fc',
  ticketId: 'b7c0f0a2-3d5e-4c1b-8f6a-2e9d7c4b1a00',
  persistentLoginId: '5f1d2c3b-4a59-4687-9abc-def012345678',
  verificationTokenId: 'c3a1b2d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d',
  /** Of nothing. */
  unknownId: '0d2f6c1e-8a4b-4f7e-9c55-1b2a3c4d5e6f',
  createdOn: 1_495_733_716_000,
} as const;
