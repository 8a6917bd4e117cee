import { asSwitch } from '../functions/shared/config/setting-readers.ts';

/** One choice of an operator for the stacks, that no function reads. */
interface StageOption<Value> {
  /** What it is for, in Markdown. */
  readonly description: string;
  /** Absent: nothing. */
  readonly fallback?: string;
  /** Throws an Error whose text says what is allowed. */
  read(text: string): Value;
}

/** The values that CloudWatch Logs accepts, as far as they make sense here. */
const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653];

function asWholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error('must be a whole number from 1 to 99999');
  return Number(text);
}

function asRetention(text: string): number {
  const days = Number(text);
  if (!retentionDays.includes(days)) throw new Error(`must be one of ${retentionDays.join(', ')}`);
  return days;
}

function asEmail(text: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new Error('must be an e-mail address');
  return text;
}

function asDomainName(text: string): string {
  if (!/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(text))
    throw new Error('must be a domain name in lower case, as in id.your-domain.example');
  return text;
}

function asCertificate(text: string): string {
  if (!/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/.test(text))
    throw new Error('must be the ARN of a certificate of ACM');
  return text;
}

/** Every choice for the stacks; the stage files, their schema and `docs/settings.md` are made from it and from the settings of the functions. */
export const stageOptionTable = {
  alarmEmail: {
    description: 'Gets every [alarm](operating.md#alarms); without one, alarms only change colour',
    read: asEmail,
  },
  logRetentionDays: {
    fallback: '400',
    description: 'How long logs are kept, the [audit trail](operating.md#the-audit-trail) among them',
    read: asRetention,
  },
  tracing: { fallback: 'false', description: '`true`: traces every function with X-Ray', read: asSwitch },
  requestsPerSecond: {
    fallback: '600',
    description:
      'Steady rate of each endpoint, which its path with and without `.json` [share](limits.md); twice as much in a burst',
    read: asWholeNumber,
  },
  passwordRequestsPerSecond: {
    fallback: '50',
    description: 'The same for each endpoint that hashes passwords',
    read: asWholeNumber,
  },
  domainName: {
    description: 'A [name of your own](operating.md#a-name-of-your-own) for the API',
    read: asDomainName,
  },
  certificateArn: {
    description: 'The certificate of `domainName`, in ACM of the same region',
    read: asCertificate,
  },
  defaultAddress: {
    fallback: 'true',
    description: '`false`: only `domainName` answers, the address of API Gateway no more',
    read: asSwitch,
  },
} as const satisfies Record<string, StageOption<unknown>>;
