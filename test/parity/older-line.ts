import { isJsonObject, type JsonValue } from '../../functions/shared/domain/values/json.ts';
import { empty, errorAnswer } from './changes.ts';
import type { Answer, RecordedRequest } from './exchanges.ts';
import { contractFor } from './form.ts';

/** Reads of one thing: where it does not exist, the older line answers 200 without a body (contract 11). */
const readsOfOne: Readonly<Record<string, string>> = {
  getAccessToken: 'NO_SUCH_ACCESS_TOKEN_ID',
  getTenant: 'NO_SUCH_TENANT',
  getProfile: 'NO_SUCH_PROFILE',
  getProfileByUsername: 'NO_SUCH_PROFILE',
  getProfileByQuery: 'NO_SUCH_PROFILE',
  getVerificationToken: 'NO_SUCH_VERIFICATION_TOKEN',
  getTicket: 'NO_SUCH_TICKET',
  getPersistentLogin: 'NO_SUCH_PERSISTENT_LOGIN',
};
const tokenRedeemers = ['verifyProfile', 'changePassword'];
const namedThings = ['NO_SUCH_PROFILE', 'NO_SUCH_TENANT', 'NO_SUCH_PERSISTENT_LOGIN'];

/** A GET has no form. */
const hasAccessToken = ({ method, query, body }: RecordedRequest) =>
  [query, method === 'GET' ? '' : (body ?? '')].some((text) => Boolean(new URLSearchParams(text).get('accessTokenId')));

function olderError(operation: string, request: RecordedRequest, status: number, code: string): Answer | undefined {
  if (status === 409) return errorAnswer(400, code);
  if (status === 403 && code === 'ACCESS_DENIED')
    return hasAccessToken(request)
      ? errorAnswer(403, 'EXPIRED_ACCESS_TOKEN')
      : errorAnswer(401, 'MISSING_ACCESS_TOKEN_ID_PARAM');
  if (status !== 404) return undefined;
  if (readsOfOne[operation] === code) return empty;
  if (tokenRedeemers.includes(operation) && code === 'NO_SUCH_VERIFICATION_TOKEN') return errorAnswer(403, code);
  return namedThings.includes(code) ? errorAnswer(400, code) : undefined;
}

function withoutCleansing(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutCleansing);
  if (!isJsonObject(value)) return value;
  const { cleanseAttributes, ...fields } = value;
  return fields;
}

/** The same answer on the 3.0 line: contract 11 has the whole difference. */
export function onOlderLine(request: RecordedRequest, answer: Answer): Answer {
  const { status, body } = answer;
  const code = isJsonObject(body) ? body.errorCode : undefined;
  if (typeof code === 'string') {
    const operation = contractFor(request)?.operationId ?? '';
    return olderError(operation, request, status, code) ?? answer;
  }
  return body === undefined ? answer : { ...answer, body: withoutCleansing(body) };
}
