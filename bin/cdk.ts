import { App } from 'aws-cdk-lib';
import { addEnvironment } from '../lib/app.ts';
import { keepBundles } from '../lib/build/kept-bundles.ts';
import { optionsFrom } from '../lib/options.ts';

const BUNDLES = '.build';

const app = new App();
const options = optionsFrom((key) => app.node.tryGetContext(key));
await keepBundles({ outdir: BUNDLES, contextPath: options.contextPath });
addEnvironment(app, options, BUNDLES);
