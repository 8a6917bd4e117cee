// Hot operations with nothing around them: the same calls of the store in the same trips as the functions make, and the item as JSON. `item` is the
// stored one, as it is; nothing of it is checked. What CPU time and throughput of the functions are measured against.
import { createHash, randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

const requestHandler = { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true };
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 4, requestHandler }));
const { PROFILES_TABLE: profiles, TOKENS_TABLE: tokens, TICKETS_TABLE: tickets } = process.env;

/** One read of several items, in one call. */
async function getTogether(...wanted) {
  const RequestItems = {};
  for (const [table, pk, sk] of wanted) {
    RequestItems[table] ??= { Keys: [], ConsistentRead: true };
    RequestItems[table].Keys.push({ pk, sk });
  }
  const { Responses } = await client.send(new BatchGetCommand({ RequestItems }));
  return wanted.map(([table, pk, sk]) => Responses[table]?.find((item) => item.pk === pk && item.sk === sk));
}

const get = async (TableName, pk, sk) =>
  (await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))).Item;
const hash = (id) => createHash('sha256').update(id).digest('hex');
const token = (id) => [tokens, 'ACCESS_TOKEN', id];
const profile = (id) => [profiles, `PROFILE#${id}`, 'PROFILE'];
const tenant = (name) => [profiles, 'TENANT', name];
const answer = (item) => ({ statusCode: 200, body: JSON.stringify({ ...item, roles: [...(item.roles ?? [])] }) });

async function getProfile({ accessTokenId }, id) {
  const [, item] = await getTogether(token(accessTokenId), profile(id));
  await get(...tenant(item.tenant));
  return answer(item);
}

async function getProfileByUsername({ accessTokenId, tenantName, username }) {
  const login = [profiles, `LOGIN#${tenantName}#${username}`, 'LOGIN'];
  const [, , { profileId }] = await getTogether(token(accessTokenId), tenant(tenantName), login);
  return answer(await get(...profile(profileId)));
}

async function getProfileByTicket({ accessTokenId, ticketId }) {
  const Key = { pk: `TICKET#${hash(ticketId)}`, sk: 'TICKET' };
  const [, ticket] = await getTogether(token(accessTokenId), [tickets, Key.pk, Key.sk]);
  const touch = new UpdateCommand({
    TableName: tickets,
    Key,
    UpdateExpression: 'SET writeId = :writeId, lastRequestTimeMs = :now, expiresAtSeconds = :expires',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: {
      ':writeId': randomUUID(),
      ':now': Date.now(),
      ':expires': Math.ceil(Date.now() / 1000) + 1800,
    },
    ReturnValues: 'ALL_NEW',
  });
  const [[item]] = await Promise.all([
    getTogether(profile(ticket.profileId), tenant(ticket.tenant)),
    client.send(touch),
  ]);
  return answer(item);
}

async function updateProfile({ accessTokenId, attributes }, id) {
  const [, item] = await getTogether(token(accessTokenId), profile(id));
  await get(...tenant(item.tenant));
  const entries = Object.entries(JSON.parse(attributes));
  const update = new UpdateCommand({
    TableName: profiles,
    Key: { pk: item.pk, sk: item.sk },
    UpdateExpression: `SET writeId = :writeId, lastModifiedMs = :now${entries.map((_, at) => `, attributes.#${at} = :${at}`).join('')}`,
    ConditionExpression: 'tenantId = :tenantId AND appliedVersion = :version AND attribute_not_exists(deletedAtMs)',
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], at) => [`#${at}`, name])),
    ExpressionAttributeValues: {
      ':writeId': randomUUID(),
      ':now': Date.now(),
      ':tenantId': item.tenantId,
      ':version': item.appliedVersion,
      ...Object.fromEntries(entries.map(([, value], at) => [`:${at}`, JSON.stringify(value)])),
    },
    ReturnValues: 'ALL_NEW',
  });
  return answer((await client.send(update)).Attributes);
}

async function createTicket({ accessTokenId, profileId }) {
  const [, item] = await getTogether(token(accessTokenId), profile(profileId));
  await get(...tenant(item.tenant));
  const id = randomUUID();
  const { tenant: name, credentialEpoch, disableEpoch } = item;
  const ticket = { tenant: name, profileId, lastRequestTimeMs: Date.now(), credentialEpoch, disableEpoch };
  const expiresAtSeconds = Math.ceil(Date.now() / 1000) + 1800;
  const Item = { pk: `TICKET#${hash(id)}`, sk: 'TICKET', ...ticket, expiresAtSeconds };
  await client.send(new PutCommand({ TableName: tickets, Item }));
  return answer({ id, ...ticket });
}

const operations = { getProfile, getProfileByUsername, getProfileByTicket, updateProfile, createTicket };

/** The handler of one operation: an event of API Gateway in, its answer out. */
export const handlerOf = (operationId) => async (event) => {
  const form = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString();
  const fields = Object.fromEntries(new URLSearchParams(`${event.rawQueryString}&${form}`));
  return operations[operationId](fields, event.pathParameters?.id);
};
