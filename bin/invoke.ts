/** `npm run invoke -- <function> [event file]`: one function, one event, no Docker. */
import { join, resolve } from 'node:path';
import { invokeOnce } from '../lib/local/invoke-once.ts';

const usage = `Usage: npm run invoke -- <function> [event file]

For example: npm run invoke -- profile/reset-password events/profile/reset-password.json
It works on the stack that "npm start" runs, or else on a throw-away one with the sample data.`;

async function run(): Promise<number> {
  const [name, file] = process.argv.slice(2);
  if (name === undefined || name.startsWith('-')) {
    console.error(usage);
    return 2;
  }
  const given = file && resolve(process.env.INIT_CWD ?? process.cwd(), file);
  process.chdir(join(import.meta.dirname, '..'));
  const eventFile = given ?? join('events', `${name}.json`);
  try {
    const answer = await invokeOnce({ name, eventFile, directory: '.local' });
    console.log(JSON.stringify(answer, null, 2));
    return 0;
  } catch (failure) {
    console.error(failure instanceof Error ? failure.message : failure);
    return 1;
  }
}

process.exit(await run());
