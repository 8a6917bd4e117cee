/** `npm run smoke`: tries an installation out after a deployment. */
import { join } from 'node:path';
import { auditedCommand } from '../lib/admin/audit/audited-command.ts';
import { describeFailure } from '../lib/admin/failures.ts';
import { tellFailure } from '../lib/command-line.ts';
import { requireSettings } from '../lib/setting-values.ts';
import { installationAt } from '../lib/smoke/installation.ts';
import { smoke } from '../lib/smoke/smoke.ts';
import { readWhere } from '../lib/smoke/smoke-options.ts';

/** Ended by Ctrl-C, as shells know it. */
const INTERRUPTED = 130;

async function run(): Promise<number> {
  const where = readWhere();
  if (where === undefined) return 0;
  process.chdir(join(import.meta.dirname, '..'));
  requireSettings();
  const abortion = new AbortController();
  // At the first one what was made is taken out, at a second one nothing is waited for.
  const end = () => (abortion.signal.aborted ? process.exit(INTERRUPTED) : abortion.abort());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  const installation = await installationAt(where);
  try {
    const options = { tell: console.log, signal: abortion.signal };
    return (await auditedCommand('smoke', where, () => smoke(installation, options))) ? 0 : 1;
  } catch (failure) {
    if (!abortion.signal.aborted) throw failure;
    console.error('Ended before all was tried.');
    return INTERRUPTED;
  }
}

run().then(
  // Not before all of it is written: a pipe takes it in pieces.
  (status) => process.stdout.write('', () => process.exit(status)),
  (failure: unknown) => process.exit(tellFailure(describeFailure(failure))),
);
