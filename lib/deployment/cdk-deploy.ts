import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { keepOutputs } from './outputs-file.ts';

/** The CDK CLI that comes with the project: as a script of Node, which every system starts alike. */
const CDK = 'node_modules/aws-cdk/bin/cdk';

function run(words: readonly string[]): Promise<number> {
  // The app is started as `node`, which has to be this one.
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CDK, ...words], { stdio: 'inherit', env: { ...process.env, PATH } });
    child.once('error', reject).once('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}

/** Deploys both stacks by `cdk deploy`, which speaks for itself. Rejects where it fails. */
export async function cdkDeploy(context: Readonly<Record<string, string>>, asks: boolean): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'deploy-'));
  const written = join(place, 'outputs.json');
  const given = Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const approval = asks ? 'broadening' : 'never';
  try {
    const status = await run(['deploy', '--all', '--outputs-file', written, '--require-approval', approval, ...given]);
    if (status !== 0) throw new Error(`cdk deploy has failed, with ${status}: it says above why`);
    keepOutputs(written);
  } finally {
    rmSync(place, { recursive: true });
  }
}
