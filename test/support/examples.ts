import type { Contract } from '../../functions/shared/http/contract.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { loadData } from '../../lib/local/sample-data.ts';
import { exampleOf, type OperationExample } from '../../lib/openapi/examples.ts';
import { sample } from '../../lib/openapi/sample.ts';
import { png } from './attachments.ts';
import type { ApiRequest } from './local-api.ts';
import type { Seed } from './seed.ts';

/** Every operation with the example that the OpenAPI document has of it. */
export const exampleCases = endpoints.map(({ contract }) => ({ contract, example: exampleOf(contract.operationId) }));

interface ExampleCase {
  readonly contract: Contract;
  readonly example: OperationExample;
}

export const textsOf = (value: string | number | boolean | readonly string[]) =>
  typeof value === 'object' ? [...value] : [String(value)];

/** The sample data that the examples speak of, as new. */
export async function seedExamples(api: Seed) {
  await Promise.all((['profiles', 'tokens', 'tickets'] as const).map((table) => api.clear(table)));
  await loadData();
}

/** The request of an example; `path` stands after `/api/1`. */
export function exampleRequest({ contract, example }: ExampleCase): { path: string; request: ApiRequest } {
  const { parameters = {}, body } = example;
  const names = Object.keys(contract.parameters).filter((name) => contract.parameters[name]?.place === 'parameter');
  const fields = Object.fromEntries(
    names.flatMap((name) => (parameters[name] === undefined ? [] : [[name, textsOf(parameters[name])] as const])),
  );
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parameters[name])));
  const token = contract.authorisation === 'accessToken' ? { accessTokenId: sample.accessToken } : {};
  if (contract.upload !== undefined) {
    const form = new FormData();
    for (const [name, values] of Object.entries(fields)) for (const value of values) form.append(name, value);
    form.append(contract.upload, new Blob([png]), 'x.png');
    return { path, request: { query: token, body: form } };
  }
  if (contract.body !== undefined) return { path, request: { query: { ...token, ...fields }, json: body } };
  return {
    path,
    request: contract.method === 'GET' ? { query: { ...token, ...fields } } : { query: token, form: fields },
  };
}

/**
 * What has to be called before an example shows what is usual: a function that has met the tenant; an upload of what it reads; the sign-in that
 * renews a hash of the old form.
 */
function neededBefore({ operationId, method, path }: Contract): readonly ExampleCase[] {
  const isBefore = ({ contract }: ExampleCase) =>
    contract.operationId === 'getTenant' ||
    (contract.upload !== undefined && method === 'GET' && path.includes('attachment')) ||
    (contract.operationId === 'authenticate' && operationId === 'authenticate');
  return exampleCases.filter(isBefore);
}

/** Puts an example's data back, as an example of what is usual. */
export async function prepareExample(
  api: Seed & { request(method: string, path: string, request?: ApiRequest): Promise<unknown> },
  { contract }: ExampleCase,
) {
  await seedExamples(api);
  for (const before of neededBefore(contract)) {
    const { path, request } = exampleRequest(before);
    await api.request(before.contract.method, path, request);
  }
}
