/**
 * `npm run bench` measures everything and rewrites `bench/RESULTS.md`; with names of parts it measures those, to the console. `npm run bench -- costs`,
 * with options of its own, reckons with what `cost-units` has counted.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { answered, readCommandLine, tellFailure } from '../lib/command-line.ts';
import { didYouMean } from '../lib/nearest.ts';
import { UsageError } from '../lib/usage-error.ts';

/** Each is a script of its own, in a process of its own, that prints Markdown. */
const parts: Readonly<Record<string, { readonly title: string; readonly note: string }>> = {
  bundles: {
    title: 'Bundles and cold starts',
    note: `Wanted: bytes at most 0.9 of the bare client in the median and 1.05 at most, load time and first call at most 0.95. The bare client makes the calls of
getProfile. It makes its client while it loads, the functions at their first call: only the sum of both can be compared. Beyond what is wanted:
queries carry a linear-time engine for regular expressions (155 KB), downloads and uploads the S3 client; authenticate computes an argon2id hash
(and, on the sample data, one of the old form), resetPassword opens a second connection for its mail, queries make one trip more.`,
  },
  cpu: {
    title: 'CPU time of a request',
    note: `Wanted: at most 1.15 of a bare client that makes the same calls of the store in the same trips, with the same document client. One request at a time, as a
sandbox has them; the middle of 30 short rounds in turns, so that the ratio holds where the machine is busy.`,
  },
  before: {
    title: 'Throughput of the local stack against another commit',
    note: `\`npm start\` of both in turns, 16 requests at a time, with BENCH_BEFORE naming a checkout of the other one. Wanted against the commit before reads were joined: at
least 1.3. The client, both stacks and their engines share the cores, so that the ratio is a lower bound on a busy machine.`,
  },
  throughput: {
    title: 'Throughput of the local stack',
    note: `Wanted: at least 0.85 of a bare server that makes the same calls. Repeated runs give 0.82 to 0.86: what the bare server leaves out is the gateway's
event, parameters, permissions, and the schemas of three stored items and of the answer.`,
  },
  operations: {
    title: 'Round trips and capacity of every operation',
    note: `Counted at the SDK while the example of each operation runs. Calls side by side are one trip; S3 and SES are not counted. Wanted: as many calls as
trips wherever a fixed number of items is read. More have: getAllAccessTokens, getAllTenants, countTenants and getAttachments, which query a partition beside the
caller's token, as no batch can; getTicket and getProfileByTicket, which touch the ticket beside their second read; authenticate, which stores the ticket
beside its last look at the credentials. No write makes a call beyond its reads, the write, the mail and the bucket.`,
  },
  others: {
    title: 'Beside others of the field',
    note: `Milliseconds at one connection, the middle of 15 in turns, 10,000 profiles each, the same argon2id cost. better-auth has SQLite within its process, we a store in another
one. It comes from a folder of yours, and is skipped without: \`npm install --prefix DIR better-auth\`, then BENCH_BETTER_AUTH=DIR. Ory Kratos is not beside them: it is
a program in Go on PostgreSQL, which the npm registry does not have.`,
  },
  growth: {
    title: 'Lists, counts and queries of tenants of growing size',
    note: `Against the embedded engine, on this machine. Page by page in bounded memory; what has a key or an index does not grow. A whole read takes what the engine
takes to give the bodies, some 50 µs each.`,
  },
  'whole-reads': {
    title: 'Reads of a whole tenant',
    note: 'CPU of our process and of the gateway in it. Wanted: at most 40.',
  },
  'index-writes': {
    title: 'Writes of what is indexed',
    note: 'Write units and calls of the store, by how many entries the index has of the profile.',
  },
  'hostile-bodies': {
    title: 'Hostile bodies',
    note: 'Milliseconds until the worst request of each kind is read or refused. An unknown caller should cost a few at any size.',
  },
  orphans: {
    title: 'Orphans',
    note: `Random creates, renames, deletes and tenant changes of a few profiles and tenants, beside the worker of tenant changes, on a store that has conflicts and
loses answers; then everything stored is searched for what belongs to nobody, rule by rule (test/support/orphans.ts). Wanted: none; one ends the run.
ORPHANS_SECONDS, ORPHANS_WORKERS and ORPHANS_SEED say how long, with how many and which choices.`,
  },
  'cost-units': {
    title: 'Units of what is paid for',
    note: 'Counted for [docs/costs.md](../docs/costs.md), which `npm run bench -- costs` brings up to date.',
  },
  imports: {
    title: 'Imports',
    note: `Wanted: at least 0.5 of a bare loop of BatchWriteItem, 25 items a call and 4 calls at a time, of the very items that the import writes: profile, credentials,
username and index entries. On the embedded engine, each on empty tables, in turns; the bare loop has its items ready in memory. An import reads, checks and converts
what it takes, and writes it in transactions that look at the tenant, which the engine itself takes 1.4 times as long for. The ratio is the middle of those of each round.
IMPORTS_PROFILES and IMPORTS_ROUNDS say how many.`,
  },
  sweep: { title: 'Tenant changes', note: 'On the embedded engine, the worker killed half way and started again.' },
};

function measure(part: string): string {
  console.error(`Measuring ${part} …`);
  try {
    return execFileSync(process.execPath, [`bench/${part}.ts`], { encoding: 'utf8', maxBuffer: 100_000_000 }).trim();
  } catch (error) {
    throw new Error(`Measuring ${part} failed: what it said stands above`, { cause: error });
  }
}

/** Reckons with what has been counted. */
function reckonCosts(options: readonly string[]): void {
  const { status } = spawnSync(process.execPath, ['bench/costs.ts', ...options], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

const call = 'npm run bench --';
const names = [...Object.keys(parts), 'costs'];
const help = `Usage: ${call} [part ...]

Measures all parts and rewrites bench/RESULTS.md, which takes long; with names of parts it measures those, to the console.

${Object.entries(parts)
  .map(([name, { title }]) => `  ${name.padEnd(16)} ${title}`)
  .join('\n')}
  costs            What an installation costs, from what cost-units has counted, into docs/costs.md; has options of its own

  -h, --help       this
  --version        the version
`;

function measureAll(): void {
  const sections = Object.entries(parts).map(([part, { title, note }]) => `## ${title}\n\n${note}\n\n${measure(part)}`);
  const head = `# Results\n\nMade by \`npm run bench\` with Node ${process.version} on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}). Ratios are of one run, interleaved.`;
  writeFileSync('bench/RESULTS.md', `${[head, ...sections].join('\n\n')}\n`);
  reckonCosts([]);
}

function measureChosen(): void {
  const { values, positionals } = readCommandLine({ call, options: {}, takesArguments: true });
  if (answered(values, help)) return;
  const unknown = positionals.find((part) => !Object.hasOwn(parts, part));
  if (unknown !== undefined)
    throw new UsageError(
      `There is no part ${JSON.stringify(unknown)}${didYouMean(unknown, names) || ':'} "${call} --help" lists all`,
    );
  process.chdir(join(import.meta.dirname, '..'));
  if (positionals.length === 0) measureAll();
  for (const part of positionals) console.log(measure(part));
}

const [first, ...options] = process.argv.slice(2);
try {
  if (first === 'costs') reckonCosts(options);
  else measureChosen();
} catch (failure) {
  process.exitCode = tellFailure(failure);
}
