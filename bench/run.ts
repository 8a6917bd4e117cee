/** `npm run bench` measures everything and rewrites `bench/RESULTS.md`; with names of parts it measures those, to the console. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Each is a script of its own, in a process of its own, that prints Markdown. */
const parts: Readonly<Record<string, string>> = {
  bundles: 'Bundles and cold starts',
  throughput: 'Throughput of the local stack',
  operations: 'Round trips and capacity of every operation',
  growth: 'Lists, counts and queries of tenants of growing size',
  sweep: 'Tenant changes',
};

function measure(part: string): string {
  console.error(`Measuring ${part} …`);
  return execFileSync(process.execPath, [`bench/${part}.ts`], { encoding: 'utf8', maxBuffer: 100_000_000 }).trim();
}

const chosen = process.argv.slice(2);
if (chosen.length > 0) {
  for (const part of chosen) console.log(measure(part));
} else {
  const sections = Object.entries(parts).map(([part, title]) => `## ${title}\n\n${measure(part)}`);
  const head = `# Results\n\nMade by \`npm run bench\` with Node ${process.version} on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}). Ratios are of one run, interleaved.`;
  writeFileSync('bench/RESULTS.md', `${[head, ...sections].join('\n\n')}\n`);
}
