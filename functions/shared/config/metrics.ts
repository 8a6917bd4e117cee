import { setting } from './configuration.ts';

/** Where CloudWatch has them, each with the stage as its only dimension. */
export const METRIC_NAMESPACE = 'ServerlessProfile';
export const STAGE_DIMENSION = 'stage';

/** Every metric that functions publish, with its unit. */
const units = {
  /** Mails that SES took, and those that it did not, or may not have. */
  MailSent: 'Count',
  MailFailed: 'Count',
  /** Sign-ins with a password: let in, turned away, and turned away from a profile that is locked. */
  SignInGood: 'Count',
  SignInBad: 'Count',
  SignInLocked: 'Count',
  /** Mails with a reset link that SES took, and passwords that were set with a token. */
  ResetAsked: 'Count',
  ResetDone: 'Count',
  /** Sandboxes that compute argon2id in WebAssembly. */
  Argon2idFallback: 'Count',
  /** How long the oldest change that is not carried out has waited; 0 where there is none. */
  OldestOpenChangeSeconds: 'Seconds',
  /** Days until the first access token ends, below 0 where it has. */
  AccessTokenDaysLeft: 'None',
  /** Profiles whose verification mail was refused, and that nobody has let in since. */
  ProfilesWaitingForMail: 'Count',
} as const satisfies Readonly<Record<string, 'Count' | 'Seconds' | 'None'>>;

/** A metric by its name. */
export type MetricName = keyof typeof units;

const isMetric = (name: string): name is MetricName => name in units;

/** Every one of them. */
export const metricNames: readonly MetricName[] = Object.keys(units).filter(isMetric);

/**
 * Publishes values in CloudWatch's embedded metric format: one line of the log, written here because the packages that do it take longer to load than a
 * sign-in to answer. Outside of a deployment, where nobody looks, it writes nothing.
 */
export function publish(values: Readonly<Partial<Record<MetricName, number>>>): void {
  const stage = setting('stage');
  if (stage === '') return;
  const names = Object.keys(values).filter(isMetric);
  const metrics = {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [[STAGE_DIMENSION]],
    Metrics: names.map((name) => ({ Name: name, Unit: units[name] })),
  };
  const line = {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metrics] },
    [STAGE_DIMENSION]: stage,
    ...values,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Counts one of each of these. */
export const count = (...names: readonly MetricName[]): void =>
  publish(Object.fromEntries(names.map((name) => [name, 1])));
