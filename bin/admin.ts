/** The operator's command line: `npm run admin -- <command>`; run it without one for help. */
import { join } from 'node:path';
import { describeFailure } from '../lib/admin/failures.ts';
import { runAdmin } from '../lib/admin/run-command.ts';
import { tellFailure } from '../lib/command-line.ts';

process.chdir(join(import.meta.dirname, '..'));
try {
  await runAdmin();
} catch (failure) {
  process.exitCode = tellFailure(describeFailure(failure));
}
