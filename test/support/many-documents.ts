import { createHash } from 'node:crypto';
import { type Document, ObjectId } from 'bson';

/** Typical documents of a server for one tenant after the other, as many at a time as the number says. */
export interface ManyDocuments {
  readonly profiles: number;
  readonly tenants: number;
}

const BEGIN_SECONDS = 1_400_000_000;
const ROLES = ['READER', 'EDITOR', 'OWNER'];
/** As the old server hashed them. */
const PASSWORD = '4rQ8a67wAk1GRwIqHix5kYw1MORa49o83Y7zXQhBqT0=|j4vsWtPbYjO3LfSiQcnGlw==';

const nameOf = (tenant: number) => `tenant${tenant}`;

const idOf = (seconds: number, number: number) =>
  new ObjectId(
    seconds.toString(16).padStart(8, '0') + createHash('sha1').update(String(number)).digest('hex').slice(8, 24),
  );

const tenantOf = (number: number): Document => ({
  _id: idOf(BEGIN_SECONDS - 1000, -1 - number),
  name: nameOf(number),
  verifyNewProfiles: false,
  ssoEnabled: true,
  cleanseAttributes: true,
  availableRoles: ROLES,
  attributeDefinitions: ['firstName', 'lastName', 'phone', 'language', 'newsletter', 'address'].map((name) => ({
    name,
    metadata: { label: name, type: 'TEXT' },
    permissions: [{ application: '*', allowedActions: ['*'] }],
  })),
});

function profileOf(number: number, tenant: number): Document {
  const seconds = BEGIN_SECONDS + number * 60;
  return {
    _id: idOf(seconds, number),
    username: `user${number}`,
    password: PASSWORD,
    email: `user${number}@example.com`,
    verified: true,
    enabled: true,
    createdOn: new Date(seconds * 1000),
    lastModified: new Date(seconds * 1000 + 86_400_000),
    tenant: nameOf(tenant),
    roles: number % 2 === 0 ? ROLES.slice(0, 2) : ROLES.slice(2),
    attributes: {
      firstName: `Anastasia ${number % 100}`,
      lastName: `Müller-Lüdenscheidt ${number % 1000}`,
      phone: `+49 30 ${1_000_000 + number}`,
      language: 'de',
      newsletter: number % 3 === 0,
      address: { street: `Lange Straße ${number % 200}`, city: 'Berlin', zip: '10115', country: 'DE' },
    },
    failedLoginAttempts: 0,
  };
}

/** The tenants. */
export const manyTenants = ({ tenants }: ManyDocuments): readonly Document[] =>
  Array.from({ length: tenants }, (_, number) => tenantOf(number));

/** The profiles, one after the other, their tenants in turns. */
export function* manyProfiles({ profiles, tenants }: ManyDocuments): Generator<Document> {
  for (let number = 0; number < profiles; number++) yield profileOf(number, number % tenants);
}
