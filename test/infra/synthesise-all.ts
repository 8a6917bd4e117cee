import { contexts } from './contexts.ts';
import { synthesise } from './synthesis.ts';

/** Prints the environments of all contexts, by their names. */
const environments = Object.entries(contexts).map(([name, context]) => [name, synthesise(context)]);
process.stdout.write(JSON.stringify(Object.fromEntries(environments)));
