import { createContext, Script } from 'node:vm';
import { docsPage } from '../../../lib/local/docs-page.ts';

const text = (url: string) => docsPage(url)?.body ?? '';

/** What the page's script gives to Swagger UI, run beside stand-ins for browser and bundle. */
function wrapActions() {
  let plugins: readonly ((system: object) => { statePlugins?: Record<string, { wrapActions: object }> })[] = [];
  const bundle = (options: { readonly plugins: typeof plugins }) => {
    plugins = options.plugins;
  };
  new Script(text('/docs/page.js')).runInContext(
    createContext({
      document: {
        getElementById: () => ({ dataset: {} }),
        documentElement: { classList: { toggle: () => undefined } },
      },
      matchMedia: () => ({ matches: false, addEventListener: () => undefined }),
      SwaggerUIBundle: bundle,
    }),
  );
  return Object.assign(
    {},
    ...plugins.flatMap((plugin) => Object.values(plugin({}).statePlugins ?? {})).map((one) => one.wrapActions),
  );
}

test.each([
  ['Chromium', '**Failed to fetch.**  \n**Possible Reasons:** \n  - CORS \n  - Network Failure'],
  ['Firefox', 'NetworkError when attempting to fetch resource.'],
  ['Safari', 'Load failed'],
])('a request that %s got no answer to is told with what to do', (_browser, message) => {
  const set = jest.fn();
  wrapActions().setResponse(set)('/a', 'get', { error: true, err: { name: 'TypeError', message } });
  expect(set.mock.calls).toEqual([
    [
      '/a',
      'get',
      {
        error: true,
        err: { name: '', message: 'No answer: the local stack has stopped, or is on its way. `npm start` starts it.' },
      },
    ],
  ]);
});

test.each([
  { status: 200, body: '{}' },
  { error: true, err: { name: 'Error', message: 'Unauthorized', response: { status: 401 } } },
  { error: true, err: { name: 'Error', message: 'Required parameter id is not provided' } },
])('an answer is shown as it is: %j', (answer) => {
  const set = jest.fn();
  wrapActions().setResponse(set)('/a', 'get', answer);
  expect(set.mock.calls).toEqual([['/a', 'get', answer]]);
});

test.each([
  [{ missingBodyValue: false, missingRequiredKeys: ['username', 'password'] }, 'username, password must not be empty.'],
  [{ missingBodyValue: true, missingRequiredKeys: [] }, 'the body is empty.'],
])('what was not sent is told in place of the answer before it: %j', (validationErrors, message) => {
  const [original, setResponse] = [jest.fn(), jest.fn()];
  const refused = { path: '/a', method: 'post', validationErrors };
  wrapActions().setRequestBodyValidateError(original, { specActions: { setResponse } })(refused);
  expect(original.mock.calls).toEqual([[refused]]);
  expect(setResponse.mock.calls).toEqual([
    ['/a', 'post', { error: true, err: { name: '', message: `Not sent: ${message}` } }],
  ]);
});

test('the mark of what has the focus is stronger than each of Swagger UI', () => {
  expect(text('/docs/page.css')).toMatch(/^#page :focus-visible \{\n {2}outline: 3px solid /m);
  const marks = [...text('/docs/swagger-ui.css').matchAll(/([^{}]*):focus[^{}]*\{[^}]*outline:[^}]*\}/g)].map(
    ([rule]) => rule,
  );
  expect(marks.length).toBeGreaterThan(0);
  for (const mark of marks) expect(mark).not.toMatch(/#[a-z][\w-]*[^{]*\{|outline:[^;}]*!important/);
});
