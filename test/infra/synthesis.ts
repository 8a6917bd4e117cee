import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { addEnvironment } from '../../lib/app.ts';
import { bundleNames } from '../../lib/build/bundle.ts';
import { optionsFrom } from '../../lib/options.ts';
import type { Environment } from './environment.ts';

/** An app with one environment in it, over bundles that hold nothing but their name; `inspect` sees it before it is thrown away. */
export function withEnvironment<Result>(
  context: Readonly<Record<string, unknown>>,
  inspect: (app: App, environment: ReturnType<typeof addEnvironment>) => Result,
): Result {
  const place = mkdtempSync(join(tmpdir(), 'infra-'));
  try {
    for (const name of bundleNames()) {
      const file = join(place, 'bundles', name, 'index.mjs');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `// ${name}`);
    }
    const app = new App({
      outdir: join(place, 'out'),
      analyticsReporting: false,
      postCliContext: {
        ...cdkJson.context,
        // As the command has it; without copies of the bundles, the path in the metadata is the bundle's own.
        'aws:cdk:enable-asset-metadata': true,
        'aws:cdk:disable-asset-staging': true,
        // CDK's own rules take seconds to load: the long tests have them.
        '@aws-cdk/core:validateAgainstDefaultRules': false,
        ...context,
      },
    });
    return inspect(
      app,
      addEnvironment(app, {
        options: optionsFrom((key) => app.node.tryGetContext(key)),
        bundles: join(place, 'bundles'),
      }),
    );
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Both templates, as `cdk synth` writes them. */
export function synthesise(context: Readonly<Record<string, unknown>> = {}): Environment {
  return withEnvironment(context, (app, { data, api, domain }) => {
    const assembly = app.synth();
    return {
      data: assembly.getStackArtifact(data.artifactId).template,
      api: assembly.getStackArtifact(api.artifactId).template,
      ...(domain && { domain: assembly.getStackArtifact(domain.artifactId).template }),
      terminationProtection: [data, api].map((stack) => stack.terminationProtection),
    };
  });
}
