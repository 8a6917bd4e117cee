import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stack as CloudFormation's answer has it. */
export interface GivenStack {
  readonly outputs?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly template?: object;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const members = (name: string, values: Readonly<Record<string, string>> = {}) =>
  Object.entries(values)
    .map(
      ([key, value]) =>
        `<member><${name}Key>${escaped(key)}</${name}Key><${name}Value>${escaped(value)}</${name}Value></member>`,
    )
    .join('');

function description(name: string, { outputs, parameters }: GivenStack): string {
  return `<member><StackName>${name}</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>
<Outputs>${members('Output', outputs)}</Outputs><Parameters>${members('Parameter', parameters)}</Parameters></member>`;
}

function answerTo(form: URLSearchParams, stacks: Readonly<Record<string, GivenStack>>) {
  const [action = '', name = ''] = [form.get('Action') ?? '', form.get('StackName') ?? ''];
  const stack = stacks[name];
  if (stack === undefined)
    return {
      status: 400,
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`,
    };
  const result =
    action === 'GetTemplate'
      ? `<TemplateBody>${escaped(JSON.stringify(stack.template ?? {}))}</TemplateBody>`
      : `<Stacks>${description(name, stack)}</Stacks>`;
  return { status: 200, body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>` };
}

const variables = ['AWS_ENDPOINT_URL_CLOUDFORMATION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'];

/** An endpoint of CloudFormation that knows the stacks of each test, for this process; `use` gives it those. */
export function withCloudFormation() {
  let stacks: Readonly<Record<string, GivenStack>> = {};
  const before = variables.map((name): [string, string | undefined] => [name, process.env[name]]);
  const server: Server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const { status, body } = answerTo(new URLSearchParams(text), stacks);
    response.writeHead(status, { 'Content-Type': 'text/xml' }).end(body);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address: AddressInfo | string | null = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    process.env.AWS_ENDPOINT_URL_CLOUDFORMATION = `http://127.0.0.1:${port}`;
    process.env.AWS_ACCESS_KEY_ID ??= 'test';
    process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
    process.env.AWS_REGION ??= 'eu-central-1';
  });
  afterAll(async () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    use: (given: Readonly<Record<string, GivenStack>>) => {
      stacks = given;
    },
  };
}
