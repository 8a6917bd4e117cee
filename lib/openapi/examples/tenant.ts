import { sample } from '../sample.ts';

const everyone = [{ application: '*', allowedActions: ['*'] }];

const definition = (name: string, label: string, displayOrder: number, type = 'TEXT') => ({
  name,
  metadata: { label, type, displayOrder },
  defaultValue: null,
  permissions: everyone,
});

const firstName = definition('firstName', 'First name', 0);
const lastName = definition('lastName', 'Last name', 1);
const newsletter = { ...definition('newsletter', 'Newsletter', 2), defaultValue: false };

const sampleTenant = {
  id: sample.tenantId,
  name: sample.tenant,
  verifyNewProfiles: true,
  ssoEnabled: false,
  availableRoles: ['APP_TEST', 'APP_REPORT'],
  attributeDefinitions: [firstName, lastName],
};

const defaultTenant = {
  id: '5925a68def86951f895cf496',
  name: 'default',
  verifyNewProfiles: false,
  ssoEnabled: false,
  availableRoles: ['PROFILE_SUPERADMIN', 'PROFILE_TENANT_ADMIN', 'PROFILE_ADMIN', 'SOCIAL_SUPERADMIN'],
  attributeDefinitions: [
    definition('firstName', 'First Name', 0),
    definition('lastName', 'Last Name', 1),
    definition('displayName', 'Display Name', 2),
    definition('avatarLink', 'Avatar Link', 3),
    definition('socialContexts', 'Social Contexts', 4, 'COMPLEX'),
    definition('connections', 'Connections', 5, 'COMPLEX'),
  ],
};

const spareTenant = {
  id: '5926e66ed4c650eb2f8ad8d9',
  name: sample.spare.tenant,
  verifyNewProfiles: false,
  ssoEnabled: false,
  availableRoles: [],
  attributeDefinitions: [],
};

const corporateBody = {
  name: 'corporate',
  verifyNewProfiles: false,
  ssoEnabled: false,
  availableRoles: ['EDITOR', 'READER'],
  attributeDefinitions: [firstName],
};
const corporate = { id: '5926e66ed4c650eb2f8ad8d5', ...corporateBody };

const { id: _id, ...sampleTenantBody } = sampleTenant;
const name = sample.tenant;

export const tenantExamples = {
  createTenant: { body: corporateBody, answer: corporate },
  getTenant: { parameters: { name }, answer: sampleTenant },
  updateTenant: {
    body: { ...sampleTenantBody, ssoEnabled: true },
    answer: { ...sampleTenant, ssoEnabled: true },
  },
  deleteTenant: { parameters: { name: spareTenant.name } },
  countTenants: { answer: 3 },
  getAllTenants: { answer: [defaultTenant, sampleTenant, spareTenant] },
  verifyNewProfiles: { parameters: { name, verify: true }, answer: sampleTenant },
  addTenantRoles: {
    parameters: { name, role: ['APP_AUDIT'] },
    answer: { ...sampleTenant, availableRoles: [...sampleTenant.availableRoles, 'APP_AUDIT'] },
  },
  removeTenantRoles: {
    parameters: { name, role: ['APP_REPORT'] },
    answer: { ...sampleTenant, availableRoles: ['APP_TEST'] },
  },
  addAttributeDefinitions: {
    parameters: { name },
    body: [newsletter],
    answer: { ...sampleTenant, attributeDefinitions: [firstName, lastName, newsletter] },
  },
  updateAttributeDefinitions: {
    parameters: { name },
    body: [{ ...lastName, metadata: { label: 'Family name', type: 'TEXT', displayOrder: 1 } }],
    answer: {
      ...sampleTenant,
      attributeDefinitions: [
        firstName,
        { ...lastName, metadata: { label: 'Family name', type: 'TEXT', displayOrder: 1 } },
      ],
    },
  },
  removeAttributeDefinitions: {
    // Of the other tenant, because other examples have values of the attributes of this one.
    parameters: { name: defaultTenant.name, attributeName: ['connections'] },
    answer: { ...defaultTenant, attributeDefinitions: defaultTenant.attributeDefinitions.slice(0, -1) },
  },
};
