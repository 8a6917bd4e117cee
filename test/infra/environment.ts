import { execFileSync } from 'node:child_process';
import { bundleNames } from '../../lib/build/bundle.ts';
import { onceARun } from '../run/once-a-run.ts';
import type { ContextName } from './contexts.ts';

/** Names of all bundles. */
export const bundles = bundleNames();

// biome-ignore lint/suspicious/noExplicitAny: templates are JSON of any shape, and tests look into all of it
export type Json = any;

export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Json } & Json>>;
  readonly [section: string]: Json;
}

/** What one context comes to. */
export interface Environment {
  readonly data: Template;
  readonly api: Template;
  /** Absent without a domain name. */
  readonly domain?: Template;
  readonly terminationProtection: readonly (boolean | undefined)[];
}

/** Outside of the tests' modules, where CDK loads in a fraction of the time. */
const synthesiseAll = () =>
  execFileSync(process.execPath, ['test/infra/synthesise-all.ts'], { encoding: 'utf8', maxBuffer: 100_000_000 });

/** Both templates of a context, as `cdk synth` writes them; those of all contexts are made once in a run. */
export const environmentOf = (name: ContextName): Environment =>
  JSON.parse(onceARun('environments', synthesiseAll))[name];

/** The resources of a type, by logical id. */
export const resourcesOf = (template: Template, type: string): readonly (readonly [id: string, resource: Json])[] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
