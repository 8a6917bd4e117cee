import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';
import { ApiError } from '../../../functions/shared/errors/api-error.ts';
import type { Oddity, SourceDocument, SourceKind, Unreadable } from '../read/source.ts';
import { Fields } from '../records/fields.ts';
import { Rejected } from '../records/rejected.ts';
import { auth0User } from './auth0.ts';
import { cognitoRow, cognitoUser } from './cognito.ts';
import { firebaseUser } from './firebase.ts';
import { type ForeignUser, isLeftOut, type LeftOut, profileDocument } from './foreign-user.ts';
import { gotrueUser } from './gotrue.ts';
import { keycloakUser } from './keycloak.ts';
import { kratosUser } from './kratos.ts';
import type { Reading } from './reading.ts';

type ReadUser = (fields: Fields, reading: Reading, document: JsonObject) => ForeignUser | LeftOut;

const readers: Readonly<Record<SourceKind, ReadUser>> = {
  keycloak: keycloakUser,
  auth0: auth0User,
  firebase: firebaseUser,
  cognito: (fields, _reading, document) => cognitoUser(fields, document),
  kratos: kratosUser,
  gotrue: gotrueUser,
};

/** The user of a document as the document of a profile, what is odd of it told, or why there is none. */
export function readUser(
  kind: SourceKind,
  document: SourceDocument,
  reading: Reading,
  tenant: string,
): SourceDocument | Unreadable | LeftOut {
  const { file, at, number } = document;
  const place = { file, at, number };
  const value = kind === 'cognito' ? cognitoRow(document.value) : document.value;
  const oddities: Oddity[] = [...document.oddities];
  try {
    const user = readers[kind](new Fields(value, (oddity) => oddities.push(oddity)), reading, value);
    return isLeftOut(user) ? user : { ...place, value: profileDocument(user, tenant), oddities };
  } catch (fault) {
    if (!(fault instanceof Rejected) && !(fault instanceof ApiError)) throw fault;
    return { ...place, field: fault instanceof Rejected ? fault.field : undefined, reason: fault.message };
  }
}
