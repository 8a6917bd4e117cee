import { settingTable } from '../../functions/shared/config/settings.ts';
import { errorsOf } from '../../functions/shared/http/contract.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { Endpoint } from '../endpoints.ts';
import { answerComponents, bodyComponents } from './components.ts';
import { CONTRACT } from './contract-sections.ts';
import { errorCodes, errorExamples } from './error-examples.ts';
import { exampleOf } from './examples.ts';
import { withNotes } from './field-notes.ts';
import { description, securitySchemes, tags } from './info.ts';
import { convertSchemas } from './json-schema.ts';
import { operationPart } from './operation.ts';
import { formSchema, hasForm } from './parameters.ts';
import type { Part } from './plain-schema.ts';
import { formName } from './request-body.ts';
import { ERROR } from './responses.ts';

const errorSchema = {
  description: 'What went wrong.',
  type: 'object',
  properties: {
    errorCode: { type: 'string', enum: errorCodes },
    message: { type: 'string', description: 'For people; the wording may change.' },
  },
  required: ['errorCode', 'message'],
  additionalProperties: false,
};

const requestIdHeader = {
  description: 'The id under which the operator finds the request in the logs.',
  schema: { type: 'string' },
  example: 'JKJaXmPLvHcESHA=',
};

const nextPageHeader = {
  description:
    'Where the next page is (RFC 8288), relative to the request and without its access token; absent at the end.',
  schema: { type: 'string' },
  example: '<?tenantName=default&count=50&cursor=q83vEjRWeJA>; rel="next"',
};

const nextCursorHeader = {
  description: 'The parameter `cursor` of the next page; absent at the end.',
  schema: { type: 'string' },
  example: 'q83vEjRWeJA',
};

const queryPlanHeader = {
  description: 'With `explain`: how the profiles were found; what is not printable ASCII is percent-encoded.',
  schema: { type: 'string' },
  example: 'index roles equals, 1 page',
};

const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** In the order of the contract's sections; several of one section by name. */
const bySection = ({ contract: a }: Endpoint, { contract: b }: Endpoint) =>
  compare(a.section, b.section) || compare(a.operationId, b.operationId);

/** The OpenAPI document of the endpoints: the same for the same contracts, to the byte. */
export function openApiDocument(endpoints: readonly Endpoint[]): Part {
  const ordered = [...endpoints].sort(bySection);
  const contracts = ordered.map(({ contract }) => contract);
  const responses = contracts.flatMap(({ response }) => (typeof response === 'string' ? [] : [response]));
  const answers = convertSchemas(answerComponents, responses, 'output');
  const bodies = convertSchemas(
    bodyComponents,
    contracts.flatMap(({ body }) => body ?? []),
    'input',
  );
  const paths: Record<string, Record<string, Part>> = {};
  for (const endpoint of ordered) {
    const { path, method, operationId } = endpoint.contract;
    const operation = operationPart(endpoint, { answers, bodies }, exampleOf(operationId));
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  const forms = contracts
    .filter(hasForm)
    .map((contract) => [formName(contract), formSchema(contract, exampleOf(contract.operationId).parameters ?? {})]);
  const components = Object.entries({ ...answers.components, ...bodies.components });
  return {
    openapi: '3.1.1',
    info: {
      title: 'Serverless Profile',
      version: packageJson.version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    externalDocs: { description: 'The wire contract, by whose sections everything goes', url: CONTRACT },
    servers: [{ url: `${settingTable.contextPath.fallback}/api/1` }],
    tags,
    paths,
    components: {
      securitySchemes,
      schemas: {
        ...Object.fromEntries(components.map(([name, component]) => [name, withNotes(name, component)])),
        [ERROR]: errorSchema,
        ...Object.fromEntries(forms),
      },
      headers: {
        requestId: requestIdHeader,
        nextPage: nextPageHeader,
        nextCursor: nextCursorHeader,
        queryPlan: queryPlanHeader,
      },
      examples: errorExamples(new Set(contracts.flatMap((contract) => errorsOf(contract)))),
    },
  };
}
