import { App } from 'aws-cdk-lib';
import { addEnvironment } from '../lib/app.ts';
import { buildBundles } from '../lib/build/bundle.ts';
import { optionsFrom } from '../lib/options.ts';

const BUNDLES = '.build';

const app = new App();
const options = optionsFrom((key) => app.node.tryGetContext(key));
await buildBundles({ outdir: BUNDLES, contextPath: options.contextPath });
addEnvironment(app, options, BUNDLES);
