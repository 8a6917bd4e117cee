import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleDump } from '../support/example-dump.ts';
import { dumpOf, writeFiles } from '../support/mongodump.ts';
import type { Rehearsal } from './rehearsal.ts';

const PROFILES = 60;

/** Data of the old server come to a deployed stage, and are taken out of it, with what an operator has: names in CloudFormation, and credentials. */
export function dataSuite({ rehearse, run, account }: Rehearsal): void {
  const work = mkdtempSync(join(tmpdir(), 'rehearsed-data-'));
  const { collections, expected } = exampleDump(PROFILES);
  const dump = join(work, 'crafterprofile');
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** The emulator answers some calls that come at once with an error page: then the command fails, and is called again as an operator would. */
  const importUntilThrough = (path: string) => {
    const statuses = Array.from({ length: 6 }, () => 1);
    return statuses.reduce<number | null>((status) => (status === 1 ? run('admin', 'import', path).status : status), 1);
  };

  rehearse('a dump is imported into the stage, once', () => {
    Object.assign(account().ownEnvironment, { INIT_CWD: work });
    writeFiles(work, dumpOf('crafterprofile', collections, { isGzip: true }));
    const status = importUntilThrough(dump);
    expect(status).toBe(3);
    expect(run('admin', 'import', '--verify', dump).stdout).toContain(
      `There already, the same: 1 access token, 3 tenants, ${PROFILES} profiles, ${expected.attachments} attachments.`,
    );
  });

  rehearse('the data of the stage are taken out', () => {
    const folder = join(work, 'taken-out');
    const { status, stderr } = run('admin', 'export', folder, '--with-attachments');
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
    expect(readFileSync(join(folder, 'profile.jsonl'), 'utf8').trim().split('\n').length).toBeGreaterThanOrEqual(
      PROFILES,
    );
  });
}
