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
  /** Of the disabled profile, as it would be mailed to verify it. */
  verifyTokenId: '32a4c76a-7926-4568-866a-b7250c1d563c',
  /** A profile for a new password, because that ends what its user has open. */
  forgetful: {
    profileId: '5926e66ed4c650eb2f8ad8da',
    resetTokenId: 'cad5e92b-dde9-4487-b89e-166b5da733a5',
  },
  /** Made to be deleted, so that nothing is which other examples need. */
  spare: {
    accessToken: '1de76222-870f-4211-89cb-d5e7d5bbe3a3',
    tenant: 'spare-tenant',
    profileId: '5926e66ed4c650eb2f8ad8db',
    ticketId: '4a4db0a3-78dc-4610-988a-610cb2e61228',
    persistentLoginId: '314540f6-1dad-4c09-8a23-d125d09c5192',
    verificationTokenId: '9ca976cf-bf2c-42cf-a65d-50dd712becce',
  },
  /** Of nothing. */
  unknownId: '0d2f6c1e-8a4b-4f7e-9c55-1b2a3c4d5e6f',
  createdOn: 1_495_733_716_000,
} as const;
