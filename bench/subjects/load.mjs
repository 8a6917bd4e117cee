// Loads one bundle in a fresh process, and calls it if there is an event; prints both times in milliseconds.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , bundle, eventFile] = process.argv;
const event = eventFile ? JSON.parse(readFileSync(eventFile, 'utf8')) : {};
const start = performance.now();
const { handler } = await import(pathToFileURL(bundle).href);
const loaded = performance.now();
const answer = await handler(event, { awsRequestId: 'bench', getRemainingTimeInMillis: () => 29_000 });
const called = performance.now();
if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}: ${answer.body}`);
console.log(JSON.stringify({ loadMs: loaded - start, firstCallMs: called - loaded }));
process.exit(0);
