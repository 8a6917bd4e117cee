import { contractOf, EMPTY } from '../../functions/shared/http/contract.ts';
import { endpoint } from '../../functions/shared/http/endpoint.ts';
import { deleteTicket, findTicket } from '../../functions/shared/repositories/tickets.ts';
import { goodCall, seedWorld, send, type World } from '../support/calls.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { takeViolations } from '../support/recorded-calls.ts';

let api: LocalApi;
let world: World;

beforeAll(async () => {
  api = await startLocalApi();
  world = await seedWorld(api);
});
afterAll(() => api.stop());

const contract = contractOf({
  operationId: 'lookAround',
  summary: 'Does more than it says',
  section: '0',
  method: 'GET',
  path: '/ticket',
  authorisation: 'accessToken',
  parameters: {},
  response: EMPTY,
  errors: [],
});

/** An endpoint that says that it works with these intents, and looks for a ticket. */
const lookingFor = (dependencies: Readonly<Record<string, unknown>>, look: () => Promise<unknown>) => ({
  contract,
  dependencies,
  name: 'ticket/look-around',
  handler: endpoint(contract, async () => void (await look()), {}),
});

test('a call that no intent declares is a 500, and fails the test that made it', async () => {
  const { statusCode } = await send(
    lookingFor({ deleteTicket }, () => findTicket('none')),
    goodCall(contract, world),
  );
  expect([statusCode, takeViolations()]).toEqual([500, ['lookAround: Get ticket']]);
});

test('a table whose name the function has not been told is a 500', async () => {
  const { statusCode } = await send(
    lookingFor({}, () => findTicket('none')),
    goodCall(contract, world),
  );
  expect([statusCode, takeViolations()]).toEqual([500, []]);
});

test('what is declared works', async () => {
  const { statusCode } = await send(
    lookingFor({ findTicket }, () => findTicket('none')),
    goodCall(contract, world),
  );
  expect([statusCode, takeViolations()]).toEqual([200, []]);
});
