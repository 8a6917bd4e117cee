import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';

/** What the last deployments from this directory have put out, by their stacks. */
const OUTPUTS_FILE = 'cdk-outputs.json';

const outputs = z.record(z.string(), z.record(z.string(), z.string()));
type Outputs = z.infer<typeof outputs>;

export const dataStackName = (stage: string): string => `ServerlessProfile-${stage}-Data`;
export const domainStackName = (stage: string): string => `ServerlessProfile-${stage}-Domain`;
export const apiStackName = (stage: string): string => `ServerlessProfile-${stage}-Api`;

/** What a file of outputs holds; nothing where it is missing or something else. */
function readOutputs(file: string): Outputs {
  try {
    return z.parse(outputs, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // It only helps to find the region, and the next deployment makes it anew.
    return {};
  }
}

/** The region that a stage was deployed to from this directory, as one of its outputs names it. */
export function deployedRegion(stage: string): string | undefined {
  const { ProfilesTableArn } = readOutputs(OUTPUTS_FILE)[dataStackName(stage)] ?? {};
  return ProfilesTableArn?.split(':')[3];
}

/** Adds what `cdk deploy` has written to what is known of other stages, which it would have overwritten. */
export function keepOutputs(written: string): void {
  const whole = { ...readOutputs(OUTPUTS_FILE), ...readOutputs(written) };
  writeFileSync(`${OUTPUTS_FILE}.new`, `${JSON.stringify(whole, null, 2)}\n`);
  renameSync(`${OUTPUTS_FILE}.new`, OUTPUTS_FILE);
}
