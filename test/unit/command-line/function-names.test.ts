import { bundleNames } from '../../../lib/build/bundle.ts';
import { functionId, functionOfStream } from '../../../lib/function-names.ts';

const streamOf = (stack: string, id: string) => `2026/07/26/${stack}-${id}-a1B2c3D4e5F6[$LATEST]${'0a1b'.repeat(8)}`;

test.each(bundleNames())('%s is known by its log stream, in a stage of any name', (name) => {
  const id = functionId(name);
  expect(functionOfStream(streamOf('ServerlessProfile-dev-Api', id))).toBe(name);
  // A name has 64 characters: CloudFormation cuts ids to 24, and the stack's name to what is left.
  expect(functionOfStream(streamOf('ServerlessProfile-producti', id.slice(0, 24)))).toBe(name);
});

test.each([
  ['no stream', 'GetProfileFunction'],
  ['a stream of a log for one function', '2026/07/26/[$LATEST]0a1b0a1b'],
  ['a function of others', streamOf('Shop-Api', 'BuyFunction')],
  ['an id that is cut too short', streamOf('ServerlessProfile-dev-Api', 'GetP')],
])('%s tells no function', (_, text) => {
  expect(functionOfStream(text)).toBeUndefined();
});
