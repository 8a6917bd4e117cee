import { shown } from '../setting-values.ts';
import type { DeployedStack } from './deployed-stack.ts';
import type { DeploymentRecord } from './deployment-record.ts';

/** A setting that a deployment changes; `was` is absent where nobody knows. */
export interface Difference {
  readonly key: string;
  readonly was?: string;
  readonly willBe: string;
}

/** What a deployment of these settings changes of those that were deployed last. */
export function differencesFrom(
  deployed: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>>,
): readonly Difference[] {
  const keys = [...new Set([...Object.keys(settings), ...Object.keys(deployed)])];
  return keys
    .map((key) => ({ key, was: deployed[key] ?? '', willBe: settings[key] ?? '' }))
    .filter(({ was, willBe }) => was !== willBe);
}

/** The settings that are known to be deployed: what the last deployment has left of itself, or of an older one the sender, which was a parameter. */
export function deployedSettings(
  api: DeployedStack,
  record: DeploymentRecord | undefined,
): Readonly<Record<string, string>> {
  if (record !== undefined) return record.settings;
  const { MailSender } = api.parameters;
  return MailSender === undefined ? {} : { mailSender: MailSender };
}

const named = (key: string, value: string) => (value === '' ? '(none)' : shown(key, value).slice(key.length + 1));

/** A difference in one line. */
export const lineOf = ({ key, was = '', willBe }: Difference): string =>
  `  ${key}: ${named(key, was)} → ${named(key, willBe)}`;
