import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type WireLineName, wireLines } from '../../functions/shared/config/wire-line.ts';
import { type ErrorKind, wireErrorOf } from '../../functions/shared/errors/catalogue.ts';
import { errorsOf } from '../../functions/shared/http/contract.ts';
import { type Endpoint, endpoints } from '../../lib/endpoints.ts';
import { type Call, goodCall, queryOf, seedWorld, send, type World, withField } from './calls.ts';
import { type Faults, installFaults } from './faults.ts';
import {
  badBodies,
  badBytes,
  badJson,
  badMultiparts,
  badQueries,
  badValues,
  hugeText,
  hugeValues,
  wrongContentTypes,
} from './hostile.ts';
import { type LocalApi, startLocalApi } from './local-api.ts';
import { isLong } from './thoroughness.ts';

type Answer = APIGatewayProxyStructuredResultV2;
const textOf = (answer: Answer) =>
  Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8').toString();

/** What is wrong with an answer by the contract; undefined where nothing is. A 500 always is. */
function faultOf({ contract }: Endpoint, line: WireLineName, answer: Answer): string | undefined {
  const text = textOf(answer);
  if (answer.statusCode === 200) return undefined;
  const found = `${answer.statusCode} ${text.slice(0, 200)}`;
  if (answer.headers?.['content-type'] !== 'application/json;charset=UTF-8') return `${found} without content type`;
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null || Object.keys(body).sort().join() !== 'errorCode,message')
    return found;
  const declared = errorsOf(contract)
    .filter((kind) => kind !== 'internal')
    .map((kind) => wireErrorOf(kind, wireLines[line].errors));
  const errorCode = 'errorCode' in body ? body.errorCode : undefined;
  return declared.some(([status, code]) => status === answer.statusCode && code === errorCode) ? undefined : found;
}

/** Runs over every endpoint, on one wire line; new endpoints are in it by being there. */
export function securitySuite(line: WireLineName): void {
  let api: LocalApi;
  let store: Faults;

  beforeAll(async () => {
    api = await startLocalApi({ env: { WIRE_LINE: line }, bucket: true });
    store = installFaults();
  });
  afterAll(() => api.stop());

  const writes = () => store.calls.filter(({ operation }) => !/^(Get|Query|BatchGet)/.test(operation));

  describe.each(endpoints.map((endpoint) => [endpoint.contract.operationId, endpoint] as const))(
    '%s',
    (_, endpoint) => {
      const { contract } = endpoint;
      const names = Object.keys(contract.parameters);
      const isPath = (name: string) => contract.parameters[name]?.place === 'path';
      let world: World;
      let good: Call;

      beforeEach(async () => {
        world = await seedWorld(api);
        good = goodCall(contract, world);
        store.calls.length = 0;
      });

      /** The calls' answers that break the contract, each with what was sent. */
      async function faultsOf(calls: readonly (readonly [what: string, call: Call])[]): Promise<readonly string[]> {
        const faults: string[] = [];
        for (let from = 0; from < calls.length; from += 10) {
          const some = calls.slice(from, from + 10);
          const answers = await Promise.all(some.map(([, call]) => send(endpoint, call)));
          answers.forEach((answer, index) => {
            const fault = faultOf(endpoint, line, answer);
            if (fault !== undefined) faults.push(`${some[index]?.[0].slice(0, 80)}: ${fault}`);
          });
        }
        return faults;
      }

      async function expectError(call: Call, kind: ErrorKind, message: unknown = expect.any(String)): Promise<void> {
        const answer = await send(endpoint, call);
        const [statusCode, errorCode] = wireErrorOf(kind, wireLines[line].errors);
        expect([answer.statusCode, JSON.parse(textOf(answer))]).toEqual([statusCode, { errorCode, message }]);
      }

      test('succeeds with what is right', async () => {
        const answer = await send(endpoint, good);
        // An upload wants a file, a query a match: the tests of those endpoints have them.
        if (contract.upload === undefined)
          expect([answer.statusCode, textOf(answer)]).toEqual([200, expect.anything()]);
      });

      if (contract.authorisation === 'accessToken') {
        test('refuses callers without a good access token before anything else, and does nothing', async () => {
          const bare: Call = { path: good.path, fields: [] };
          for (const call of [good, { ...bare, body: '{', contentType: 'text/plain' }, bare]) {
            await expectError(withField(call, 'accessTokenId', undefined), 'missingAccessToken');
            await expectError(withField(call, 'accessTokenId', ''), 'missingAccessToken');
            await expectError(withField(call, 'accessTokenId', 'expired'), 'expiredAccessToken');
            for (const id of ['none', 'APP-TOKEN', ' app-token', 'app-token\0', 'x'.repeat(10_000)])
              await expectError(withField(call, 'accessTokenId', id), 'unknownAccessToken');
          }
          expect(writes()).toEqual([]);
        });

        test('denies what an access token may not do, and does nothing', async () => {
          for (const id of ['powerless', 'stranger'])
            await expectError(withField(good, 'accessTokenId', id), 'actionDenied');
          expect(writes()).toEqual([]);
        });

        test('takes the first of several access tokens', async () => {
          const others = withField(good, 'accessTokenId', undefined);
          const twice = (...ids: string[]): Call => ({
            ...good,
            fields: [...ids.map((id) => ['accessTokenId', id] as const), ...others.fields],
          });
          await expectError(twice('none', 'app-token'), 'unknownAccessToken');
          await expectError(twice('', 'app-token'), 'missingAccessToken');
          expect(await faultsOf([['twice', twice('app-token', 'none')]])).toEqual([]);
        });
      } else if (wireLines[line].monitoringToken) {
        test('refuses every token but its own', async () => {
          await expectError(withField(good, 'token', undefined), 'invalidRequest', 'Parameter "token" is missing');
          for (const token of ['', 'none', 'defaultManagementToken\0', hugeText])
            await expectError(withField(good, 'token', token), 'managementTokenDenied');
        });
      } else {
        test('pays no heed to its token', async () => {
          for (const token of [undefined, '', 'none', 'defaultManagementToken\0', hugeText])
            expect((await send(endpoint, withField(good, 'token', token))).statusCode).toBe(200);
        });
      }

      test('names each required parameter that is missing, in their order', async () => {
        const required = names.filter((name) => contract.parameters[name]?.required && !isPath(name));
        let call: Call = required.reduce((rest, name) => withField(rest, name, undefined), good);
        for (const name of required) {
          await expectError(call, 'invalidRequest', `Parameter "${name}" is missing`);
          call = {
            ...call,
            fields: good.fields.filter(([field]) => call.fields.some(([f]) => f === field) || field === name),
          };
        }
      });

      test('bears the same value everywhere', async () => {
        const calls = [...badValues, ...(line === '3.1' && isLong ? hugeValues : [])].map(
          ([what, value]): [string, Call] => [
            what,
            {
              ...good,
              path: Object.fromEntries(Object.keys(good.path).map((name) => [name, value])),
              fields: [
                ...good.fields.slice(0, 1),
                ...names.filter((name) => !isPath(name)).map((name) => [name, value] as const),
              ],
            },
          ],
        );
        expect(await faultsOf(calls)).toEqual([]);
      });

      // Values meet the same code on every line: the whole of them on one is enough, when there is time.
      if (line !== '3.1' || !isLong) return;

      test('bears any value of any parameter', async () => {
        // The same list everywhere, read by the same code: once is enough.
        const own = names.filter((name) => name !== 'attributesToReturn' || contract.operationId === 'getProfile');
        const calls = own.flatMap((name) =>
          badValues.map(([what, value]): [string, Call] => [
            `${name} = ${what}`,
            isPath(name) ? { ...good, path: { ...good.path, [name]: value } } : withField(good, name, value),
          ]),
        );
        expect(await faultsOf(calls)).toEqual([]);
      });

      test('bears parameters that come several times, and queries that are none', async () => {
        const twice = names.map((name): [string, Call] => [
          `${name} twice`,
          { ...good, fields: [...good.fields, [name, 'x'], [name, ''], [name, 'x']] },
        ]);
        const raw = queryOf(good);
        const queries = badQueries.map((query): [string, Call] => [query, { ...good, rawQuery: `${raw}&${query}` }]);
        expect(await faultsOf([...twice, ...queries])).toEqual([]);
      });

      if (contract.method === 'POST' && contract.body === undefined)
        test('bears every body of every type', async () => {
          const bodies = [
            ...badBytes.map(([what, body]) => ['application/x-www-form-urlencoded', what, body] as const),
            ...[...badBytes, ...badMultiparts].map(
              ([what, body]) => ['multipart/form-data; boundary=x', what, body] as const,
            ),
            ...['application/json', 'text/plain', ''].map(
              (type) => [type, 'JSON', '{"accessTokenId":"none"}'] as const,
            ),
            ['multipart/form-data', 'no boundary', '--x--'] as const,
          ];
          const calls = bodies.map(([contentType, what, body]): [string, Call] => [
            `${what} as ${contentType}`,
            { ...good, body, contentType },
          ]);
          expect(await faultsOf(calls)).toEqual([]);
        });

      if (contract.body !== undefined) {
        test('takes JSON only', async () => {
          for (const contentType of ['', ...wrongContentTypes])
            await expectError({ ...good, contentType }, 'unsupportedContentType');
        });

        test('bears every body', async () => {
          const bodies = [...badBodies, ...badBytes];
          const calls = bodies.map(([what, body]): [string, Call] => [what, { ...good, body }]);
          expect(await faultsOf(calls)).toEqual([]);
        });

        test('bears any value of any property', async () => {
          const properties = ['id', 'name', 'application', 'tenantPermissions', 'expiresOn', 'master', 'firstName'];
          const more = ['availableRoles', 'attributeDefinitions', 'cleanseAttributes', '__proto__', 'constructor'];
          const calls = [...properties, ...more].flatMap((name) =>
            badJson.flatMap(([what, value]): [string, Call][] => {
              const property = `{"name":"fresh2","${name}":${value}}`;
              return [property, `[${property}]`].map((body) => [`${name}: ${what}`, { ...good, body }]);
            }),
          );
          expect(await faultsOf(calls)).toEqual([]);
        });
      }
    },
  );
}
