/** `npm run openapi` writes the document; with `--check` it only says whether the file is that of the contracts. Both validate it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answered, readCommandLine, tellFailure } from '../lib/command-line.ts';
import { endpoints } from '../lib/endpoints.ts';
import { openApiDocument } from '../lib/openapi/document.ts';
import { problemsOf } from '../lib/openapi/validate.ts';

const FILE = 'openapi.json';
const call = 'npm run openapi --';
const help = `Usage: ${call} [options]

Writes ${FILE} from the contracts of the endpoints, and validates it.

  --check      write nothing, say whether ${FILE} is current
  -h, --help   this
  --version    the version
`;

async function faultsOf(check: boolean): Promise<readonly string[]> {
  const document = `${JSON.stringify(openApiDocument(endpoints), null, 2)}\n`;
  const stale = check && !(existsSync(FILE) && readFileSync(FILE, 'utf8') === document);
  if (!check) writeFileSync(FILE, document);
  return [...(stale ? [`${FILE} is stale: npm run openapi`] : []), ...(await problemsOf(document))];
}

async function run(): Promise<void> {
  const options = { check: { type: 'boolean', default: false } } as const;
  const { values } = readCommandLine({ call, options, takesArguments: false });
  if (answered(values, help)) return;
  // The one of this project, wherever the command is called.
  process.chdir(join(import.meta.dirname, '..'));
  const faults = await faultsOf(values.check);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

run().catch((failure: unknown) => {
  process.exitCode = tellFailure(failure);
});
