import { setting } from '../../functions/shared/config/configuration.ts';
import { asOrigins } from '../../functions/shared/config/setting-readers.ts';
import { folderOf, type Installation as NamedInstallation } from '../admin/installation.ts';
import { useTarget } from '../admin/target.ts';
import { cloudFormation, findInstallation } from '../deployment/deployed-stack.ts';
import { recordOf } from '../deployment/deployment-record.ts';
import { requireRunningStack } from '../local/running-stack.ts';
import { deployedLog, type ReadLog } from './function-log.ts';

/** Which installation is meant, as it was typed. */
export interface Where extends NamedInstallation {
  /** Another address of it, up to and with the context path. */
  readonly url?: string | undefined;
}

/** An installation, as far as trying it out needs to know it. */
export interface Installation {
  /** Up to and with the context path. */
  readonly url: string;
  /** A page that mailed links may lead to. */
  readonly link: string;
  /** Where mail ends up on this machine; undefined where SES takes it. */
  readonly mailbox: string | undefined;
  /** Undefined where functions log to a terminal. */
  readonly readLog: ReadLog | undefined;
}

/** Anywhere is allowed where nothing else is. */
const ANY_PAGE = 'https://example.com';

const linkTo = (allowList: readonly string[]) => `${(allowList[0] ?? ANY_PAGE).replace(/\/$/, '')}/smoke`;

/** What the API stack of a stage has put out and was deployed with. Rejects where there is none. */
async function deployedApi(stage: string) {
  const client = cloudFormation();
  const { api } = await findInstallation(client, stage);
  if (api?.outputs.ApiUrl === undefined)
    throw new Error(`The API of stage ${JSON.stringify(stage)} is not deployed: "npm run deploy -- --stage ${stage}"`);
  const { settings } = (await recordOf(client, api.name)) ?? {};
  return { url: api.outputs.ApiUrl, linkAllowList: settings?.linkAllowList ?? '' };
}

/** The address of an installation's API, up to and with the context path, by itself. Rejects with what is missing. */
export async function apiUrlOf(where: Where): Promise<string> {
  const directory = folderOf(where);
  if (directory === undefined) return (await deployedApi(where.stage)).url;
  return `${requireRunningStack(directory).url}${setting('contextPath')}`;
}

/** Finds an installation, and points the repositories of this process to it. Rejects with what is missing. */
export async function installationAt(where: Where): Promise<Installation> {
  await useTarget(where);
  if (folderOf(where) !== undefined)
    return {
      url: where.url ?? (await apiUrlOf(where)),
      link: linkTo(setting('linkAllowList')),
      mailbox: process.env.AWS_ENDPOINT_URL_SES,
      readLog: undefined,
    };
  const { url, linkAllowList } = await deployedApi(where.stage);
  return {
    url: where.url ?? url,
    link: linkTo(asOrigins(linkAllowList)),
    mailbox: undefined,
    readLog: deployedLog(where.stage),
  };
}
