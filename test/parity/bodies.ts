import { isJsonObject, type JsonObject, type JsonValue } from '../../functions/shared/domain/values/json.ts';
import { withoutTrueCleansing } from './changes.ts';
import { recordedAs } from './exchanges.ts';

/** Stands for a time that nothing was recorded of. */
export const anyTime = 0;
/** Stand for values that are another machine's. */
export const anyNumber = '(number)';
export const anyText = '(text)';

let made = 0;
/** An id that no recorded answer has: it stands for whatever id ours answers in its place. */
const freshObjectId = () => `ffffffff${(++made).toString(16).padStart(16, '0')}`;
export const freshUuid = () => `ffffffff-0000-4000-8000-${(++made).toString(16).padStart(12, '0')}`;

/** The body of a recorded answer that is an object. */
export function recordedObject(name: string): JsonObject {
  const { body } = recordedAs(name);
  if (!isJsonObject(body)) throw new Error(`What was recorded as "${name}" is no object`);
  return body;
}

export function recordedList(name: string): readonly JsonValue[] {
  const { body } = recordedAs(name);
  if (!Array.isArray(body)) throw new Error(`What was recorded as "${name}" is no list`);
  return body;
}

/** A profile that was just created, of tenant `default` unless told otherwise. */
export const newProfile = (username: string, fields: JsonObject = {}): JsonObject => ({
  id: freshObjectId(),
  username,
  email: `${username}@example.com`,
  verified: false,
  enabled: true,
  createdOn: anyTime,
  lastModified: anyTime,
  tenant: 'default',
  roles: [],
  attributes: {},
  ...fields,
});

/** The profile of a recorded answer with other values, written at a time that nothing was recorded of. */
export const profileOf = (name: string, fields: JsonObject = {}): JsonObject => ({
  ...recordedObject(name),
  lastModified: anyTime,
  ...fields,
});

/** The profile as `attributeToReturn=$none` shows it. */
export const withoutAttributes = (profile: JsonObject): JsonObject => ({ ...profile, attributes: {} });

export const newTicket = (profileId: JsonValue = admin.id ?? ''): JsonObject => ({
  id: freshUuid(),
  tenant: 'default',
  profileId,
  lastRequestTime: anyTime,
});

export const newVerificationToken = (profileId: JsonValue): JsonObject => ({
  id: freshUuid(),
  tenant: 'default',
  profileId,
  timestamp: anyTime,
});

/** The tenant of a recorded answer as ours writes it, with other values. */
export const tenantOf = (name: string, fields: JsonObject = {}): JsonValue =>
  withoutTrueCleansing({ ...recordedObject(name), ...fields });

export const newTenant = (name: string): JsonObject => ({
  id: freshObjectId(),
  name,
  verifyNewProfiles: false,
  ssoEnabled: false,
  availableRoles: [],
  attributeDefinitions: [],
});

export const newAttachment = (fileName: string): JsonObject => ({ ...recordedObject('att.details'), fileName });

/** `admin` and `jdoe` as they stay from `doc.undo.disable_jdoe` on. */
export const admin = recordedObject('doc.verify');
export const jdoe = recordedObject('pro.get');
export const defaultTenant = recordedObject('route.suffix_json_entity');
