import { promises as dns } from 'node:dns';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DOMAIN_TARGET } from '../domain-options.ts';
import type { Options } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import { findStack } from './deployed-stack.ts';
import { domainStackName } from './outputs-file.ts';

/** The part of DNS that is asked. */
export interface NameLookUp {
  resolveCname(name: string): Promise<readonly string[]>;
  resolve4(name: string): Promise<readonly string[]>;
}

/** What DNS has; nothing where it knows none, or cannot be asked. */
const known = (answer: Promise<readonly string[]>): Promise<readonly string[]> => answer.catch(() => []);

/** Whether a name leads to another, by its own record or by an alias, which shows as the same addresses. */
export async function leadsTo(name: string, target: string, lookUp: NameLookUp): Promise<boolean> {
  const cnames = await known(lookUp.resolveCname(name));
  if (cnames.some((one) => one.toLowerCase() === target.toLowerCase())) return true;
  const [own, expected] = await Promise.all([known(lookUp.resolve4(name)), known(lookUp.resolve4(target))]);
  return own.some((address) => expected.includes(address));
}

/** Throws a `UsageError` where API Gateway's own address is to be switched off before the stage's domain name leads to the API: nobody could reach it. */
export async function requireReachable(
  client: CloudFormationClient,
  { stage, domainName, defaultAddress }: Options,
  lookUp: NameLookUp = dns,
): Promise<void> {
  if (defaultAddress || domainName === undefined) return;
  const target = (await findStack(client, domainStackName(stage)))?.outputs[DOMAIN_TARGET];
  if (target === undefined)
    throw new UsageError(
      `defaultAddress=false: ${domainName} is not deployed yet. Deploy without it first, then let the name lead to what that puts out as ${DOMAIN_TARGET}`,
    );
  if (!(await leadsTo(domainName, target, lookUp)))
    throw new UsageError(
      `defaultAddress=false: ${domainName} does not lead to ${target} yet, and nobody could reach the API. Give it a CNAME or alias record`,
    );
}
