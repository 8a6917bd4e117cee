import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints } from '../lib/endpoints.ts';
import { openApiDocument } from '../lib/openapi/document.ts';
import { problemsOf } from '../lib/openapi/validate.ts';

const FILE = 'openapi.json';

/** `npm run openapi` writes the document; with `--check` it only says whether the file is that of the contracts. Both validate it. */
async function run(check: boolean): Promise<readonly string[]> {
  const document = `${JSON.stringify(openApiDocument(endpoints), null, 2)}\n`;
  const stale = check && !(existsSync(FILE) && readFileSync(FILE, 'utf8') === document);
  if (!check) writeFileSync(FILE, document);
  return [...(stale ? [`${FILE} is stale: npm run openapi`] : []), ...(await problemsOf(document))];
}

// The one of this project, wherever the command is called.
process.chdir(join(import.meta.dirname, '..'));
const faults = await run(process.argv.includes('--check'));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
