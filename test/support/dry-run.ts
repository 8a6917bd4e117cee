import { keepMemoryLean } from '../../lib/import/lean-memory.ts';
import { openSource } from '../../lib/import/read/open-source.ts';
import { runImport } from '../../lib/import/run-import.ts';

// Checks an import of the paths on its command line in a process of its own, as the command does, and prints how many profiles it took and its most kilobytes.
keepMemoryLean();
const { report } = await runImport(await openSource(process.argv.slice(2), {}), { dryRun: true, forNobody: true });
console.log(JSON.stringify({ profiles: report.of('profile', 'imported'), kilobytes: process.resourceUsage().maxRSS }));
