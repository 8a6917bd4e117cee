import { readSettings } from '../../../functions/shared/config/configuration.ts';
import { type SettingName, settingTable } from '../../../functions/shared/config/settings.ts';
import { cloudFormation, findInstallation } from '../../deployment/deployed-stack.ts';
import { recordOf } from '../../deployment/deployment-record.ts';
import { folderOf, type Installation } from '../installation.ts';
import type { MailSettings } from './resend-mail.ts';

const names = [
  'mailSender',
  'linkAllowList',
  'newProfileSubject',
  'verificationTokenAgeSeconds',
] as const satisfies readonly SettingName[];

async function deployedVariables(stage: string): Promise<Readonly<Record<string, string>>> {
  const client = cloudFormation();
  const { api } = await findInstallation(client, stage);
  const record = api && (await recordOf(client, api.name));
  if (record === undefined)
    throw new Error(
      `What stage ${JSON.stringify(stage)} was deployed with is not known: deploy it again with this version`,
    );
  return Object.fromEntries(
    names.flatMap((name) => {
      const { context, variable } = settingTable[name];
      const value = record.settings[context];
      return value === undefined ? [] : [[variable, value]];
    }),
  );
}

/** The settings of an installation's mails, as it was deployed. Call it after `useTarget`. Rejects where they are not known. */
export async function mailSettingsOf(installation: Installation): Promise<MailSettings> {
  if (folderOf(installation) === undefined) Object.assign(process.env, await deployedVariables(installation.stage));
  return readSettings(names);
}
