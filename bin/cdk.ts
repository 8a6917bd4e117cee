/** The CDK app: what `cdk` runs for `npm run synth` and `npm run deploy`, with the settings of the stage's file. It says on standard error what takes its time. */
import { App } from 'aws-cdk-lib';
import { addEnvironment } from '../lib/app.ts';
import { keepBundles } from '../lib/build/kept-bundles.ts';
import { tellFailure } from '../lib/command-line.ts';
import { contextOptions } from '../lib/deployment/context-options.ts';
import { requireContextPassedOn, requireKnownKeys } from '../lib/options.ts';
import { withProgress } from '../lib/progress.ts';
import { UsageError } from '../lib/usage-error.ts';

const BUNDLES = '.build';

/** Does the work between two lines of what it is. */
async function told(doing: string, work: () => Promise<string>): Promise<void> {
  console.error(`${doing} …`);
  const startedMs = performance.now();
  const done = await withProgress(doing, work);
  console.error(`${done} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

function readContext(app: App) {
  try {
    requireContextPassedOn(process.env);
    requireKnownKeys(Object.keys(app.node.getAllContext()));
    return contextOptions((key) => app.node.tryGetContext(key));
  } catch (fault) {
    if (fault instanceof UsageError) process.exit(tellFailure(fault));
    throw fault;
  }
}

const app = new App();
const { options, unprotected } = readContext(app);
await told('Building the functions', async () => {
  const isBuilt = await keepBundles({ outdir: BUNDLES, contextPath: options.contextPath });
  return isBuilt ? 'Built' : 'Nothing has changed, checked';
});
await told(`Composing and checking the stacks of stage "${options.stage}"`, async () => {
  addEnvironment(app, { options, bundles: BUNDLES, unprotected });
  app.synth();
  return 'Composed';
});
