/** `npm start`: the whole product on this machine; run it with `-- --help` for its options. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Most of a start is reading sources: from the second one on they are there as Node has compiled them. Where nothing can be kept, nothing is.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/serverless-profile'));
const { runLocalStack } = await import('../lib/local/run.ts');
await runLocalStack();
