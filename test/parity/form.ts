import { isJsonObject } from '../../functions/shared/domain/values/json.ts';
import { wireErrorOf as catalogueAnswer, type ErrorDialect } from '../../functions/shared/errors/catalogue.ts';
import { errorsOf } from '../../functions/shared/http/contract.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { routerOf } from '../../lib/local/router.ts';
import { routeKeysOf } from '../../lib/routes.ts';
import type { Answer, RecordedRequest } from './exchanges.ts';

const router = routerOf(
  endpoints.flatMap(({ contract }) => routeKeysOf(contract, '').map((key) => [key, contract] as const)),
);

/** The contract of the endpoint that a request goes to; undefined where no endpoint takes it. */
export function contractFor({ method, path }: Pick<RecordedRequest, 'method' | 'path'>) {
  return router(method, decodeURIComponent(path))?.target;
}

/** The whole error body, and nothing but errors that the endpoint declares (contract 2.8, 3). */
function errorFaults(declared: ReadonlySet<string>, answer: Answer): readonly string[] {
  const { body } = answer;
  if (!isJsonObject(body)) return ['an error without a JSON body'];
  const { errorCode, message, ...others } = body;
  const said = `${answer.status} ${errorCode}`;
  return [
    ...(typeof message === 'string' && Object.keys(others).length === 0 ? [] : ['not the two fields of an error']),
    ...(declared.has(said) ? [] : [`${said} is not declared`]),
  ];
}

/** What is wrong with the form of an answer, whatever it says. */
export function malformed(request: RecordedRequest, answer: Answer, dialect: ErrorDialect): readonly string[] {
  if (request.method === 'HEAD') return [];
  const contract = contractFor(request);
  if (contract === undefined) return errorFaults(new Set(['404 OTHER', '405 OTHER']), answer);
  if (answer.status !== 200) {
    const declared = errorsOf(contract).filter((kind) => kind !== 'internal');
    return errorFaults(new Set(declared.map((kind) => catalogueAnswer(kind, dialect).join(' '))), answer);
  }
  if (typeof contract.response === 'string' || answer.body === undefined) return [];
  const parsed = contract.response.safeParse(answer.body);
  if (!parsed.success) return ['not the declared body'];
  const fields = (value: unknown) => JSON.stringify(value).length;
  return fields(parsed.data) === fields(answer.body) ? [] : ['a body with fields that are not declared'];
}
