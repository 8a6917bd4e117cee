import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { addEnvironment } from '../../lib/app.ts';
import { bundleNames } from '../../lib/build/bundle.ts';
import { optionsFrom } from '../../lib/options.ts';

/** Names of all bundles. */
export const bundles = bundleNames();

// biome-ignore lint/suspicious/noExplicitAny: templates are JSON of any shape, and tests look into all of it
export type Json = any;

export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Json } & Json>>;
  readonly [section: string]: Json;
}

interface Environment {
  readonly data: Template;
  readonly api: Template;
  readonly terminationProtection: readonly (boolean | undefined)[];
}

/** An app with one environment in it, over bundles that hold nothing but their name; `inspect` sees it before it is thrown away. */
export function withEnvironment<Result>(
  context: Readonly<Record<string, unknown>>,
  inspect: (app: App, environment: ReturnType<typeof addEnvironment>) => Result,
): Result {
  const place = mkdtempSync(join(tmpdir(), 'infra-'));
  try {
    for (const name of bundles) {
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
        // CDK's own rules take seconds to load: one test has them.
        '@aws-cdk/core:validateAgainstDefaultRules': false,
        ...context,
      },
    });
    return inspect(
      app,
      addEnvironment(
        app,
        optionsFrom((key) => app.node.tryGetContext(key)),
        join(place, 'bundles'),
      ),
    );
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Both templates, as `cdk synth` writes them. */
export function synthesise(context: Readonly<Record<string, unknown>> = {}): Environment {
  return withEnvironment(context, (app, { data, api }) => {
    const assembly = app.synth();
    return {
      data: assembly.getStackArtifact(data.artifactId).template,
      api: assembly.getStackArtifact(api.artifactId).template,
      terminationProtection: [data, api].map((stack) => stack.terminationProtection),
    };
  });
}

/** The resources of a type, by logical id. */
export const resourcesOf = (template: Template, type: string): readonly (readonly [id: string, resource: Json])[] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
