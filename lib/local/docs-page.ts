import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CONTRACT } from '../openapi/contract-sections.ts';
import { sample } from '../openapi/sample.ts';
import { CONTRACT_PAGE, readablePage } from './docs-contract.ts';
import { documentForPage, generalPart } from './docs-document.ts';

/** An answer of the documentation page. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Requests go out with the sample data's token, until a person puts in another. */
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Serverless Profile: try the API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/page.css">
<link rel="icon" href="data:,">
</head>
<body>
<div id="page" data-access-token="${sample.accessToken}"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/page.js"></script>
</body>
</html>
`;

const file = (path: string) => readFileSync(path, 'utf8');
function packaged(name: string): string {
  const require = createRequire(`${process.cwd()}/package.json`);
  return file(join(dirname(require.resolve('swagger-ui-dist/package.json')), name));
}

type Resource = readonly [contentType: string, content: () => string];

const resources: ReadonlyMap<string, Resource> = new Map<string, Resource>([
  ['/docs', ['text/html;charset=utf-8', () => page]],
  ['/docs/page.js', ['text/javascript;charset=utf-8', () => file('lib/local/docs-script.js')]],
  ['/docs/page.css', ['text/css;charset=utf-8', () => file('lib/local/docs-style.css')]],
  [CONTRACT_PAGE, ['text/html;charset=utf-8', () => readablePage('The wire contract', file(CONTRACT))]],
  [
    '/docs/about',
    [
      'text/html;charset=utf-8',
      () => readablePage('What holds for every operation', generalPart(file('openapi.json'))),
    ],
  ],
  ['/docs/swagger-ui.css', ['text/css;charset=utf-8', () => packaged('swagger-ui.css')]],
  ['/docs/swagger-ui-bundle.js', ['text/javascript;charset=utf-8', () => packaged('swagger-ui-bundle.js')]],
  ['/docs/openapi.json', ['application/json', () => documentForPage(file('openapi.json'))]],
  ['/openapi.json', ['application/json', () => file('openapi.json')]],
]);

/** The browser itself refuses whatever would come from elsewhere. */
const policy =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/** The page on which a person can try requests, and the OpenAPI document; undefined for a URL that is neither. */
export function docsPage(url: string): PageAnswer | undefined {
  const [path = ''] = url.split('?');
  if (path === '/' || path === '/docs/') return { status: 302, headers: { location: '/docs' }, body: '' };
  const resource = resources.get(path);
  if (resource === undefined) return undefined;
  const [contentType, content] = resource;
  const headers = { 'content-type': contentType, 'cache-control': 'no-cache', 'content-security-policy': policy };
  return { status: 200, headers, body: content() };
}
