import { createHash } from 'node:crypto';
import { sample } from '../openapi/sample.ts';
import { localManagementToken } from './environment.ts';
import type { Triable } from './triable.ts';

/** What requests need; the names are those of the shell's variables. */
export interface TriedFrom {
  /** Up to and with `/api/1`. */
  readonly api: string;
  readonly mailbox: string;
  readonly triable: Triable;
  /** The options that name this stack to the operator's command line. */
  readonly where: string;
}

type Machine = Pick<NodeJS.Process, 'platform' | 'env'>;

/** Lines that set the variables in a shell, and in PowerShell where the machine has that. */
export function linesToPaste({ api, mailbox, triable: { token } }: TriedFrom, { platform }: Machine = process): string {
  const variables = [['API', api], ...(token === undefined ? [] : [['TOKEN', token]]), ['MAILBOX', mailbox]];
  const lines = variables.map(([name, value]) => `${name}=${value}`);
  const inPowerShell = variables.map(([name, value]) => `$${name} = "${value}"`);
  if (platform !== 'win32') return lines.join('\n');
  return ['In PowerShell:', '', ...inPowerShell, '', 'In any other shell:', '', ...lines].join('\n');
}

const bearer = '-H "Authorization: Bearer $TOKEN"';

const onSample = [
  `curl ${bearer} "$API/profile/${sample.profileId}"`,
  `curl ${bearer} "$API/profile/by_query?tenantName=${sample.tenant}" --get --data-urlencode 'query={"roles":"APP_TEST"}'`,
  `curl ${bearer} "$API/authentication/authenticate" -d 'tenantName=${sample.tenant}&username=${sample.username}&password=${sample.password}'`,
  `curl ${bearer} "$API/profile/${sample.profileId}/reset_password" -d 'resetPasswordUrl=https://app.example.com/reset'`,
];

/** In a double-quoted word of a shell nothing of these means anything. */
const quoted = (name: string) => encodeURIComponent(name).replaceAll('!', '%21');

function onOthers({ tenant = '', profileId }: Triable): readonly string[] {
  return [
    ...(profileId === undefined ? [] : [`curl ${bearer} "$API/profile/${quoted(profileId)}"`]),
    `curl ${bearer} "$API/profile/count?tenantName=${quoted(tenant)}"`,
    `curl ${bearer} "$API/profile/range?tenantName=${quoted(tenant)}&start=0&count=10"`,
  ];
}

const noToken = (
  where: string,
) => `  None of the access tokens that are stored may read a tenant's profiles. This makes one that may, and an administrator:

  npm run admin -- bootstrap ${where} --again --email ADDRESS --username token-maker`;

const isLocalManagementToken = ({ env }: Machine) =>
  env.MANAGEMENT_TOKEN_SHA256 === createHash('sha256').update(localManagementToken).digest('hex');

/** Requests on the data that are there to paste into a shell, one after the other, after the lines above; what to do where none fits. */
export function triedRequests({ triable, where }: TriedFrom, machine: Machine = process): string {
  const monitoring = isLocalManagementToken(machine)
    ? [`curl "$API/monitoring/status?token=${localManagementToken}"`]
    : [];
  const requests = triable.isSample ? onSample : onOthers(triable);
  const all = [...(triable.token === undefined ? [] : requests), ...monitoring];
  const program = machine.platform === 'win32' ? 'curl.exe' : 'curl';
  const lines = all.map((request) => `  ${request.replace(/^curl/, program)}`);
  return ['Requests to try:', '', ...(triable.token === undefined ? [noToken(where), ''] : []), ...lines].join('\n');
}
