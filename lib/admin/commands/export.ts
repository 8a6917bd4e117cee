import { typedPath } from '../../command-line.ts';
import type { Loss } from '../../export/losses.ts';
import type { Exported } from '../../export/run-export.ts';
import { withProgress } from '../../progress.ts';
import { asked, requireTerminal } from '../../prompt.ts';
import { UsageError } from '../../usage-error.ts';
import type { AdminCommand } from '../admin-command.ts';
import { type OptionValues, whereOptions } from '../command-options.ts';
import { folderOf } from '../installation.ts';
import { useTarget } from '../target.ts';

/** It went on to its end, and something is not in it. */
const INCOMPLETE = 3;

function formatOf(given: string | undefined): 'own' | 'mongoexport' {
  if (given === undefined) return 'own';
  if (given === 'mongoexport') return given;
  throw new UsageError(`--format ${JSON.stringify(given)} is none that there is: mongoexport, or leave it out`);
}

/** Throws a `UsageError` where nobody can be asked, or does not agree. */
async function confirmSecrets(folder: string, { yes }: OptionValues): Promise<void> {
  console.error(
    `Password hashes and the ids of access tokens will stand in ${folder}: whoever reads its files can call the API, and guess passwords as fast as they like.`,
  );
  if (yes) return;
  requireTerminal();
  if ((await asked('Type yes to go on: ')) !== 'yes') throw new UsageError('Nothing is exported');
}

const counted = (count: number, what: string) => `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;

function summaryOf({ manifest: { files, attachments } }: Exported, folder: string): string {
  const documents = (collection: string) =>
    (files[`${collection}.jsonl`] ?? files[`${collection}.json`])?.documents ?? 0;
  const counts = [
    counted(documents('tenant'), 'tenant'),
    counted(documents('profile'), 'profile'),
    counted(documents('accesstoken'), 'access token'),
    counted(attachments.files, 'attachment'),
  ];
  return `Exported ${counts.join(', ')} to ${folder}.`;
}

const have = (count: number) => (count === 1 ? 'has' : 'have');

/** What somebody has to know of it, beside the counts. */
function notesOf({ manifest, losses, gone }: Exported): readonly string[] {
  const left = (loss: Loss, what: string, why: (count: number) => string) => {
    const count = losses.of(loss);
    return count === 0 ? [] : [`${counted(count, what)} ${why(count)}: left out.`];
  };
  const dollarKeys = (count: number) => `${have(count)} keys that the database of the old server does not take`;
  return [
    ...gone.map((name) => `Tenant ${JSON.stringify(name)} was deleted meanwhile: it is not in it.`),
    ...(manifest.withSecrets
      ? []
      : ['Without --with-secrets no profile has its password in it, and there is no access token.']),
    ...(manifest.withAttachments ? [] : ['Without --with-attachments there is no attachment in it.']),
    ...left('renewed password', 'password', (count) => `${have(count)} a hash by now that the old server cannot check`),
    ...left('attribute', 'attribute', dollarKeys),
    ...left('definition', 'value of a definition', dollarKeys),
    ...left('attachment', 'attachment', (count) => `${have(count)} no bytes in the bucket, or damaged ones`),
  ];
}

async function runExportCommand(values: OptionValues, argument: string): Promise<void> {
  const { requireEmptyFolder } = await import('../../export/export-folder.ts');
  const { runExport } = await import('../../export/run-export.ts');
  const { tenant, 'with-secrets': withSecrets, 'with-attachments': withAttachments } = values;
  const [folder, format] = [typedPath(argument), formatOf(values.format)];
  requireEmptyFolder(folder);
  if (withSecrets) await confirmSecrets(folder, values);
  await useTarget(values);
  const stage = folderOf(values) === undefined ? values.stage : 'local';
  const options = { tenant, withSecrets, withAttachments, format, stage };
  const exported = await withProgress(`Exporting to ${folder}`, () => runExport(folder, options));
  console.log(summaryOf(exported, folder));
  for (const note of notesOf(exported)) console.error(note);
  if (exported.losses.of('attachment') > 0) process.exitCode = INCOMPLETE;
}

/** Takes the data of an installation out of it. */
export const exportCommand: AdminCommand = {
  name: 'export',
  summary:
    'write tenants and profiles into a new FOLDER, which import takes; with secrets only where that is asked for',
  argument: { name: 'FOLDER', isOptional: false },
  options: ['tenant', 'with-secrets', 'with-attachments', 'format', 'yes', ...whereOptions],
  notes: { tenant: 'this tenant alone' },
  run: runExportCommand,
};
