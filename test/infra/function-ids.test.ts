import { existsSync } from 'node:fs';
import { functionId } from '../../lib/function-names.ts';
import { bundles, environmentOf, type Json, resourcesOf } from './environment.ts';

const { api } = environmentOf('dev');
const functions = resourcesOf(api, 'AWS::Lambda::Function');

/** `profile/reset-password` of a function, by the code that it is deployed with. */
const bundleOf = (resource: Json): string => resource.Metadata['aws:asset:path'].split('/bundles/')[1];

test.each(functions)('%s: logical id, code, handler and event are of one name', (id, resource) => {
  const bundle = bundleOf(resource);
  expect(id).toBe(functionId(bundle));
  expect(resource.Properties.Handler).toBe('index.handler');
  expect(existsSync(`events/${bundle}.json`)).toBe(true);
});

test('every bundle of the build is deployed', () => {
  expect(functions.map(([, resource]) => bundleOf(resource)).sort()).toEqual([...bundles].sort());
});
