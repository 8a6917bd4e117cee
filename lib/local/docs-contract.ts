import { Marked } from 'marked';
import { anchorOf } from '../openapi/contract-sections.ts';

/** Where the contract can be read. */
export const CONTRACT_PAGE = '/docs/api-contract';

const style = `:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #8888; padding: .2rem .5rem; text-align: left; vertical-align: top; }
code { font-size: .9em; }
pre { overflow-x: auto; }
:target { background: #fd05; }`;

const markdown = new Marked({
  renderer: {
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
  },
});

/** A page of Markdown; headings have the anchors that they have in the repository. */
export const readablePage = (title: string, text: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
<link rel="icon" href="data:,">
</head>
<body>
<p><a href="/docs">Try the API</a></p>
${markdown.parse(text, { async: false })}</body>
</html>
`;
