import { isPart, type Part, withDefaultsTold } from './plain-schema.ts';

/** What a component and its fields mean; kept here and not at the schemas, because prose has no place in a function's bundle. */
interface Notes {
  readonly about: string;
  readonly fields?: Readonly<Record<string, string>>;
}

const ticketFields = {
  id: 'Random UUID',
  tenant: 'Name of the tenant',
  profileId: 'Id of the profile',
};

const tenantFields = {
  name: 'Unique; cannot be changed. In paths and parameters the tenant always goes by it',
  verifyNewProfiles: 'Whether a new profile stays closed until the link in a mail was followed',
  ssoEnabled: 'Kept for clients; nothing depends on it',
  availableRoles: 'Roles that the tenant offers; profiles may hold others',
  attributeDefinitions: 'The attributes that its profiles may have, in order',
};

const definitionFields = {
  name: 'Name of the attribute; no dot, no leading $',
  metadata:
    'Free form; known keys are label, type, displayOrder and indexed (true, false, or a list of paths inside of the attribute). The type is not enforced on values',
  defaultValue: 'Any JSON; what a profile without the attribute gets',
  permissions:
    'Who may do what; the first entry for the application, or for *, decides. None: nobody sees the attribute',
};

const accessTokenFields = {
  id: 'The secret of an application',
  application: 'Name that attribute permissions know the application by',
  master: 'Whether it may manage access tokens',
  tenantPermissions: 'What it may do in which tenant; the first entry for the tenant, or for *, decides',
  expiresOn: 'Epoch milliseconds; absent or null: never',
};

const notes: Readonly<Record<string, Notes>> = {
  Profile: {
    about: 'A user of one tenant.',
    fields: {
      id: '24 hexadecimal digits',
      username: 'Unique in the tenant, case-sensitive',
      email: 'Not unique; null for an imported profile that has none',
      verified: 'Whether the user has followed the link of a verification mail',
      enabled: 'Whether the user may sign in',
      lastModified: 'Epoch milliseconds; clients use it to notice changes',
      tenant: 'Name of the tenant',
      attributes: 'Those that the caller may read and asked for',
    },
  },
  Attributes: { about: 'Any JSON value by attribute name.' },
  JsonObject: { about: 'Any JSON object.' },
  Tenant: {
    about: 'A set of users with their roles and attributes.',
    fields: {
      ...tenantFields,
      id: '24 hexadecimal digits',
      cleanseAttributes:
        'Whether text attributes are HTML-escaped when they are stored; written only where it is false',
    },
  },
  TenantInput: {
    about:
      'A tenant to store. Properties left out take their defaults, also on an update (but for cleanseAttributes); unknown ones are refused.',
    fields: {
      ...tenantFields,
      id: 'Ignored',
      cleanseAttributes:
        'Whether text attributes are HTML-escaped when they are stored. Left out or null: true for a new tenant, as it was on an update',
    },
  },
  AttributeDefinition: { about: 'An attribute that profiles of a tenant may have.', fields: definitionFields },
  AttributeDefinitionInput: {
    about: 'A definition to store; unknown properties are refused.',
    fields: definitionFields,
  },
  AccessToken: { about: 'What lets an application in.', fields: accessTokenFields },
  AccessTokenInput: {
    about: 'An access token to store; unknown properties are refused.',
    fields: {
      ...accessTokenFields,
      id: 'Absent or null: a random UUID',
      expiresOn: 'Epoch milliseconds (ISO-8601 text does too); absent or null: never',
    },
  },
  Ticket: {
    about: 'A signed-in user.',
    fields: { ...ticketFields, lastRequestTime: 'Epoch milliseconds; the life of the ticket is counted from it' },
  },
  PersistentLogin: {
    about: 'A "remember me".',
    fields: {
      ...ticketFields,
      token: 'Random UUID, a new one after every use',
      timestamp: 'Epoch milliseconds of its creation; its life is counted from it',
    },
  },
  VerificationToken: {
    about: 'Proof that its holder reads the mail of the user.',
    fields: { ...ticketFields, timestamp: 'Epoch milliseconds of its creation; its life is counted from it' },
  },
  ProfileAttachment: {
    about: 'What is known of a file of a profile; of one that is not there, every field is null.',
    fields: {
      id: 'Of the stored file; paths use the fileName instead',
      fileName: 'Name without its extension, by which paths know the attachment',
      contentType: 'Follows from the extension',
      fileSize: 'For people, for example 1.5 KB',
      fileSizeBytes: '0 where there is no file',
      md5: 'Hexadecimal digest of the bytes',
    },
  },
  Memory: { about: 'Bytes, under the names of the server that is replaced.' },
  Status: { about: 'How long the function has been up.', fields: { uptime: 'Seconds', startup: 'ISO-8601, UTC' } },
  Version: { about: 'What is running, and on what; the java fields describe the runtime or are empty.' },
};

/** The component with its descriptions. Throws for one without, and for a field that it does not have, so that neither is forgotten. */
export function withNotes(name: string, component: Part): Part {
  const { about, fields = {} } = notes[name] ?? {};
  if (about === undefined) throw new Error(`Schema ${name} has no description`);
  if (!isPart(component.properties)) return { description: about, ...component };
  const properties: Record<string, unknown> = { ...component.properties };
  for (const [field, description] of Object.entries(fields)) {
    const property = properties[field];
    if (!isPart(property)) throw new Error(`Schema ${name} has no field ${field}`);
    properties[field] = { ...property, description };
  }
  return withDefaultsTold({ description: about, ...component, properties });
}
