import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { wireErrorOf } from '../../functions/shared/errors/catalogue.ts';
import { errorsOf } from '../../functions/shared/http/contract.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { docsPage } from '../../lib/local/docs-page.ts';
import { openApiDocument } from '../../lib/openapi/document.ts';
import { examples } from '../../lib/openapi/examples.ts';
import { notedOperations } from '../../lib/openapi/operation-notes.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of every shape
type Any = any;

const document: Any = openApiDocument(endpoints);
const operations = endpoints.map(({ contract }) => ({
  contract,
  operation: document.paths[contract.path][contract.method.toLowerCase()],
}));

/** The validator is a module that this runner cannot load: it runs beside. */
const node = (parameters: readonly string[], input = '') =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const child = execFile(process.execPath, parameters, { maxBuffer: 10_000_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
    child.stdin?.end(input);
  });

const script = `import { text } from 'node:stream/consumers';
  import { problemsOf } from './lib/openapi/validate.ts';
  console.log(JSON.stringify(await problemsOf(await text(process.stdin))));`;
const problems = async (part: Any): Promise<string[]> =>
  JSON.parse((await node(['--input-type=module', '-e', script], JSON.stringify(part))).output);

test('the checked-in document is that of the contracts, and an independent validator finds nothing wrong', async () => {
  expect(await node(['bin/openapi.ts', '--check'])).toEqual({ code: 0, output: '' });
});

test('the validator tells faults', async () => {
  const info = { title: 't', version: '1', license: { name: 'MIT', identifier: 'MIT' } };
  const get = { responses: { 200: { description: 7 } }, parameters: [{ name: 'id', in: 'nowhere' }] };
  const found = await problems({ openapi: '3.1.1', info, paths: { '/a': { get } } });
  expect(found).toEqual(expect.arrayContaining([expect.stringMatching(/nowhere|`in`|in.*one of/i)]));
  expect(found).toEqual(expect.arrayContaining([expect.stringContaining('description')]));
});

test('an example that does not fit its schema is a fault', async () => {
  const broken = structuredClone(document);
  broken.paths['/profile/{id}'].get.responses[200].content['application/json'].example.username = 5;
  expect((await problems(broken)).join()).toContain('no-invalid-media-type-examples');
});

test('it is the same every time', () => {
  expect(JSON.stringify(openApiDocument([...endpoints].reverse()))).toBe(JSON.stringify(document));
});

test('every endpoint is an operation with its id, and every operation an endpoint', () => {
  const ids = Object.values<Any>(document.paths).flatMap((path) =>
    Object.values<Any>(path).map((op) => op.operationId),
  );
  expect(ids.sort()).toEqual(endpoints.map(({ contract }) => contract.operationId).sort());
});

test.each(operations)('$contract.operationId has every status with its error codes', ({ contract, operation }) => {
  const wanted = new Set(errorsOf(contract).map((kind) => wireErrorOf(kind, '3.1').join(' ')));
  const told = Object.entries<Any>(operation.responses).flatMap(([status, { content }]) =>
    status === '200'
      ? []
      : content['application/json'].schema.allOf[1].properties.errorCode.enum.map(
          (code: string) => `${status} ${code}`,
        ),
  );
  expect(new Set(told)).toEqual(wanted);
  expect(told).toHaveLength(wanted.size);
});

test.each(operations)('$contract.operationId has every parameter once', ({ contract, operation }) => {
  const entries = Object.entries(contract.parameters);
  const inPath = entries.filter(([, { place }]) => place === 'path').map(([name]) => name);
  const elsewhere = entries.filter(([, { place }]) => place === 'parameter');
  const isGuarded = contract.authorisation === 'accessToken';
  const named = (place: string) => operation.parameters.filter((p: Any) => p.in === place).map((p: Any) => p.name);
  const required = elsewhere.filter(([, spec]) => spec.required || !isGuarded).map(([name]) => name);
  const requiredInQuery = operation.parameters
    .filter((p: Any) => p.in === 'query' && p.required)
    .map((p: Any) => p.name);
  const names = elsewhere.map(([name]) => name);
  const caller = isGuarded ? ['accessTokenId'] : [];
  expect(named('path')).toEqual(inPath);
  if (contract.method === 'GET' || contract.body !== undefined) {
    expect(named('query')).toEqual([...names, ...caller]);
    expect(requiredInQuery).toEqual(required);
    return;
  }
  expect(named('query')).toEqual(caller);
  if (names.length === 0 && contract.upload === undefined) {
    expect(operation.requestBody).toBeUndefined();
    return;
  }
  const [media, ...others] = Object.values<Any>(operation.requestBody.content);
  const file = contract.upload === undefined ? [] : [contract.upload];
  const form = document.components.schemas[media.schema.$ref.split('/').at(-1)];
  expect(others).toEqual([]);
  expect(Object.keys(form.properties)).toEqual([...names, ...file]);
  expect(form.required ?? []).toEqual([...required, ...file]);
  expect(operation.requestBody.required).toBe(required.length + file.length > 0);
});

test.each(operations)(
  '$contract.operationId takes its access token as a header or parameter',
  ({ contract, operation }) => {
    const isGuarded = contract.authorisation === 'accessToken';
    expect(operation.security).toEqual(isGuarded ? [{ accessToken: [] }] : []);
    expect(document.components.securitySchemes).toEqual({
      accessToken: expect.objectContaining({ type: 'http', scheme: 'bearer' }),
    });
  },
);

test.each(operations)('$contract.operationId leads to its section of the contract', ({ contract, operation }) => {
  const [file, anchor] = operation.externalDocs.url.split('#');
  const headings = readFileSync(file, 'utf8').match(/^### .*$/gm) ?? [];
  const heading = headings.find((line) => line.includes(`${contract.section} ${contract.operationId}: `));
  expect(
    heading
      ?.toLowerCase()
      .replace(/[^a-z0-9_ -]/g, '')
      .trim()
      .replaceAll(' ', '-'),
  ).toBe(anchor);
});

test('actions are named in requests, and free text in answers', () => {
  const { AccessTokenInput, AttributeDefinitionInput, AccessToken, AttributeDefinition } = document.components.schemas;
  const ofTokens = JSON.stringify(AccessTokenInput.properties.tenantPermissions);
  expect(ofTokens).toContain('"enum":["*","CREATE_TENANT"');
  expect(JSON.stringify(AttributeDefinitionInput.properties.permissions)).toContain('"enum":["*","READ_ATTRIBUTE"');
  expect(JSON.stringify([AccessToken, AttributeDefinition])).not.toContain('enum');
});

/** Every schema inside of one, with where it stands. */
function schemasIn(schema: Any, at: string): [string, Any][] {
  const inner = Object.entries<Any>({ ...schema.properties, ...(schema.items && { items: schema.items }) });
  return [[at, schema], ...inner.flatMap(([name, part]) => schemasIn(part, `${at}.${name}`))];
}
const everySchema = Object.entries<Any>(document.components.schemas).flatMap(([name, one]) => schemasIn(one, name));

test('a schema is of one type, which clients can be made of, and none has a default that they would send', () => {
  const anyJson = /\.(defaultValue|metadata)$/;
  const typeless = everySchema.filter(([, { type, $ref }]) => type === undefined && $ref === undefined);
  expect(typeless.map(([at]) => at).filter((at) => !anyJson.test(at))).toEqual([]);
  const choices = everySchema.filter(([, schema]) => 'anyOf' in schema || 'oneOf' in schema);
  expect(choices.map(([at]) => at)).toEqual(['AttributeDefinitionInput.metadata']);
  expect(everySchema.filter(([, schema]) => 'default' in schema)).toEqual([]);
});

test('what is left out of a body is told', () => {
  const { AccessTokenInput, TenantInput } = document.components.schemas;
  expect(AccessTokenInput.properties.master).toEqual({
    type: ['boolean', 'null'],
    description: 'Whether it may manage access tokens. Left out: `false`.',
  });
  expect(TenantInput.properties.ssoEnabled.type).toEqual(['boolean', 'null']);
  expect(AccessTokenInput.properties.tenantPermissions.items.properties.tenant.description).toBe('Left out: `"*"`.');
});

test('images have their types, in and out', () => {
  const bytes = document.paths['/profile/{id}/attachment/{attachmentId}'].get.responses[200].content;
  const upload = document.paths['/profile/{id}/uploadAttachment'].post.requestBody.content['multipart/form-data'];
  expect(Object.keys(bytes)).toEqual([
    'image/bmp',
    'image/gif',
    'image/jpeg',
    'image/png',
    'image/tiff',
    'image/svg+xml',
  ]);
  expect(upload.encoding.attachment.contentType).toBe(Object.keys(bytes).join(', '));
});

test('notes are on operations that exist', () => {
  const ids = endpoints.map(({ contract }) => contract.operationId);
  expect(ids).toEqual(expect.arrayContaining([...notedOperations]));
});

test('there is one example for every endpoint, and for nothing else', () => {
  const ids = endpoints.map(({ contract }) => contract.operationId);
  expect([...examples.keys()].sort()).toEqual(ids.sort());
});

test('the page and everything it loads come from here', () => {
  const page = docsPage('/docs');
  const loaded = [...(page?.body.matchAll(/(?:src|href)="([^"]+)"/g) ?? [])].map(([, url]) => url);
  expect(loaded).toEqual([
    '/docs/swagger-ui.css',
    '/docs/page.css',
    'data:,',
    '/docs/swagger-ui-bundle.js',
    '/docs/page.js',
  ]);
  for (const url of loaded.filter((one) => one?.startsWith('/'))) expect(docsPage(url ?? '')?.status).toBe(200);
  expect(page?.headers['content-security-policy']).toContain("default-src 'self'");
  expect(docsPage('/openapi.json')?.body).toBe(readFileSync('openapi.json', 'utf8'));
  expect(docsPage('/')?.headers).toEqual({ location: '/docs' });
  expect(docsPage('/elsewhere')).toBeUndefined();
});

const onPage: Any = JSON.parse(docsPage('/docs/openapi.json')?.body ?? '');
const operationsOnPage = Object.entries<Any>(onPage.paths).flatMap(([path, methods]) =>
  Object.values<Any>(methods).map((one) => ({ path, ...one })),
);

test('on the page, forms begin with their examples and nothing else', () => {
  const { properties, required } = onPage.components.schemas.AddProfileRolesForm;
  expect(required).toEqual(['role']);
  expect(properties.role.examples).toEqual([['APP_REPORT']]);
  expect(properties.attributesToReturn.examples).toEqual([[]]);
});

test('on the page, sign-in comes first, in few words', () => {
  expect(onPage.tags[0].name).toBe('authentication');
  expect(onPage.info.description.length).toBeLessThan(500);
});

test.each(operationsOnPage)('on the page, $operationId has each field once', ({ parameters }) => {
  const names = parameters.map(({ name }: Any) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(names).not.toContain('accessTokenId');
});

test.each(operationsOnPage)('on the page, $operationId leads to its section', ({ description }) => {
  const [, path, anchor] = /\[Contract section [\d.]+\]\(([^#)]+)#([^)]+)\)\.$/.exec(description) ?? [];
  expect(docsPage(path ?? '')?.body).toContain(`id="${anchor}"`);
});

test('every link above the operations leads somewhere', () => {
  const links = [...onPage.info.description.matchAll(/\]\(([^)]+)\)/g)].map(([, url]) => url);
  expect(links).toHaveLength(2);
  for (const url of links) expect(docsPage(url)?.status).toBe(200);
});

/** As the filter of the page looks for them. */
const found = (phrase: string) =>
  operationsOnPage
    .filter((one) => phrase.split(' ').every((word) => one['x-search'].includes(` ${word}`)))
    .map(({ operationId }) => operationId);

test.each([
  ['sign in', 'authenticate'],
  ['password', 'changePassword'],
  ['password', 'resetPassword'],
  ['password', 'createProfile'],
  ['password', 'updateProfile'],
  ['avatar', 'uploadAttachment'],
  ['picture', 'getAttachment'],
  ['remember me', 'createPersistentLogin'],
  ['log out', 'invalidateTicket'],
  ['sign up', 'createProfile'],
  ['api key', 'createAccessToken'],
])('whoever looks for "%s" finds %s', (phrase, operationId) => {
  expect(found(phrase)).toContain(operationId);
});

test('the filter leaves out what has nothing to do with it', () => {
  expect(found('avatar')).toEqual(['uploadAttachment', 'getAttachments', 'getAttachment', 'getAttachmentDetails']);
  expect(found('nonsense')).toEqual([]);
});
