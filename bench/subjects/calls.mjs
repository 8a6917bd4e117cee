// Calls a handler over and over, as often as its parent says at a time, and answers with the CPU time of a call in microseconds.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , module, eventFile, operationId] = process.argv;
const event = JSON.parse(readFileSync(eventFile, 'utf8'));
const { handler, handlerOf } = await import(pathToFileURL(module).href);
const call = handler ?? handlerOf(operationId);
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 29_000 };

process.on('message', async (times) => {
  const before = process.cpuUsage();
  for (let done = 0; done < times; done++) {
    const { statusCode, body } = await call(event, context);
    if (statusCode !== 200) throw new Error(`${operationId} answered ${statusCode}: ${body}`);
  }
  const { user, system } = process.cpuUsage(before);
  process.send((user + system) / times);
});
process.send('ready');
