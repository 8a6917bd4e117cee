import { optionTable, whereOptions } from '../admin/command-options.ts';
import { answered, readCommandLine } from '../command-line.ts';
import { UsageError } from '../usage-error.ts';
import type { Where } from './installation.ts';

const call = 'npm run smoke --';
const { stage, local, directory } = optionTable;
const options = { stage, local, directory, url: { type: 'string' } } as const;

const line = (option: string, text: string) => `  ${option.padEnd(17)} ${text}`;
const help = `Usage: ${call} [options]

Tries an installation out after a deployment, from sign-up to deletion, with an access token and a tenant of its own, which are taken out at the end.

${line('--stage NAME', stage.help)}
${line('--local', local.help)}
${line('--directory DIR', directory.help)}
${line('--url URL', 'another address of it, up to and with the context path, for example of a domain of your own')}
${line('-h, --help', 'this')}
${line('--version', 'the version')}

It ends with 0 where all is as it should be, with 1 where something is not, with 2 where it was called wrongly.
`;

/** An address without a slash at its end; throws a `UsageError` for what is none. */
function asAddress(text: string): string {
  const address = URL.parse(text);
  if (address === null || !/^https?:$/.test(address.protocol) || address.search !== '' || address.hash !== '')
    throw new UsageError(
      `--url ${JSON.stringify(text)} is no address of an API: give one such as https://profiles.example.com/crafter-profile`,
    );
  return text.replace(/\/+$/, '');
}

/** Which installation the command line means; undefined where it has only asked for help. Throws a `UsageError`. */
export function readWhere(): Where | undefined {
  const { values, tokens } = readCommandLine({ call, options, takesArguments: false });
  if (answered(values, help)) return undefined;
  const given = new Set(tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : [])));
  const empty = Object.entries(values).filter(([, value]) => value === '');
  if (empty.length > 0)
    throw new UsageError(`${empty.map(([name]) => `--${name}`).join(', ')} is empty: give it a value`);
  const [other] = whereOptions.filter((name) => name !== 'stage' && given.has(name));
  if (given.has('stage') && other !== undefined)
    throw new UsageError(`--stage and --${other} name two installations: give one of them`);
  const url = values.url === undefined ? undefined : asAddress(values.url);
  return { stage: values.stage, local: values.local, directory: values.directory, url };
}
