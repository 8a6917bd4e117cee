/** The table of contents: every endpoint of the API, by resource. A new one is a line here. */

export * as createAccessToken from './access-token/create-access-token.ts';
export * as deleteAccessToken from './access-token/delete-access-token.ts';
export * as getAccessToken from './access-token/get-access-token.ts';
export * as getAllAccessTokens from './access-token/get-all-access-tokens.ts';

export * as authenticate from './authentication/authenticate.ts';
export * as createPersistentLogin from './authentication/create-persistent-login.ts';
export * as createTicket from './authentication/create-ticket.ts';
export * as deletePersistentLogin from './authentication/delete-persistent-login.ts';
export * as getPersistentLogin from './authentication/get-persistent-login.ts';
export * as getTicket from './authentication/get-ticket.ts';
export * as invalidateTicket from './authentication/invalidate-ticket.ts';
export * as refreshPersistentLoginToken from './authentication/refresh-persistent-login-token.ts';

export * as getMemory from './monitoring/get-memory.ts';
export * as getStatus from './monitoring/get-status.ts';
export * as getVersion from './monitoring/get-version.ts';

export * as addProfileRoles from './profile/add-profile-roles.ts';
export * as changePassword from './profile/change-password.ts';
export * as countProfiles from './profile/count-profiles.ts';
export * as countProfilesByQuery from './profile/count-profiles-by-query.ts';
export * as createProfile from './profile/create-profile.ts';
export * as createVerificationToken from './profile/create-verification-token.ts';
export * as deleteProfile from './profile/delete-profile.ts';
export * as deleteVerificationToken from './profile/delete-verification-token.ts';
export * as disableProfile from './profile/disable-profile.ts';
export * as enableProfile from './profile/enable-profile.ts';
export * as getAttachment from './profile/get-attachment.ts';
export * as getAttachmentDetails from './profile/get-attachment-details.ts';
export * as getAttachments from './profile/get-attachments.ts';
export * as getProfile from './profile/get-profile.ts';
export * as getProfileAttributes from './profile/get-profile-attributes.ts';
export * as getProfileByQuery from './profile/get-profile-by-query.ts';
export * as getProfileByTicket from './profile/get-profile-by-ticket.ts';
export * as getProfileByUsername from './profile/get-profile-by-username.ts';
export * as getProfileRange from './profile/get-profile-range.ts';
export * as getProfilesByAttributeValue from './profile/get-profiles-by-attribute-value.ts';
export * as getProfilesByExistingAttribute from './profile/get-profiles-by-existing-attribute.ts';
export * as getProfilesByIds from './profile/get-profiles-by-ids.ts';
export * as getProfilesByQuery from './profile/get-profiles-by-query.ts';
export * as getProfilesByRole from './profile/get-profiles-by-role.ts';
export * as getVerificationToken from './profile/get-verification-token.ts';
export * as removeProfileAttributes from './profile/remove-profile-attributes.ts';
export * as removeProfileRoles from './profile/remove-profile-roles.ts';
export * as resetPassword from './profile/reset-password.ts';
export * as updateProfile from './profile/update-profile.ts';
export * as updateProfileAttributes from './profile/update-profile-attributes.ts';
export * as uploadAttachment from './profile/upload-attachment.ts';
export * as verifyProfile from './profile/verify-profile.ts';

export * as addAttributeDefinitions from './tenant/add-attribute-definitions.ts';
export * as addTenantRoles from './tenant/add-tenant-roles.ts';
export * as countTenants from './tenant/count-tenants.ts';
export * as createTenant from './tenant/create-tenant.ts';
export * as deleteTenant from './tenant/delete-tenant.ts';
export * as getAllTenants from './tenant/get-all-tenants.ts';
export * as getTenant from './tenant/get-tenant.ts';
export * as removeAttributeDefinitions from './tenant/remove-attribute-definitions.ts';
export * as removeTenantRoles from './tenant/remove-tenant-roles.ts';
export * as updateAttributeDefinitions from './tenant/update-attribute-definitions.ts';
export * as updateTenant from './tenant/update-tenant.ts';
export * as verifyNewProfiles from './tenant/verify-new-profiles.ts';
