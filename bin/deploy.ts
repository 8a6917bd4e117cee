/** `npm run deploy` deploys a stage, or a change of it; `--help` says with what. */
import { join } from 'node:path';
import { describeFailure } from '../lib/admin/failures.ts';
import { answered, tellFailure } from '../lib/command-line.ts';
import { deploy } from '../lib/deployment/deploy.ts';
import { help, readDeployOptions } from '../lib/deployment/deploy-options.ts';

process.chdir(join(import.meta.dirname, '..'));
try {
  const options = readDeployOptions();
  if (!answered(options, help)) await deploy(options);
} catch (failure) {
  process.exitCode = tellFailure(describeFailure(failure));
}
