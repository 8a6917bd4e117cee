import type { ReadOption } from './setting-values.ts';
import { stageOptionTable } from './stage-options.ts';

/** The output with the name that the operator's DNS has to lead to. */
export const DOMAIN_TARGET = 'DomainTarget';

/** At which addresses an API is reached. */
export interface DomainOptions {
  /** A name of the operator's own; the certificate is there whenever it is. */
  readonly domainName?: string;
  readonly certificateArn?: string;
  /** Whether API Gateway's own address answers, too. */
  readonly defaultAddress: boolean;
}

/** Reads the addresses of an API. */
export function domainOptions(read: ReadOption): DomainOptions {
  const { domainName, certificateArn, defaultAddress } = stageOptionTable;
  const name = read<string | undefined>('domainName', domainName.read, undefined);
  const arn = read<string | undefined>('certificateArn', certificateArn.read, undefined);
  return {
    ...(name === undefined ? {} : { domainName: name }),
    ...(arn === undefined ? {} : { certificateArn: arn }),
    defaultAddress: read('defaultAddress', defaultAddress.read, true),
  };
}

/** What is wrong with the addresses together. */
export function domainFaults({ domainName, certificateArn, defaultAddress }: DomainOptions): readonly string[] {
  if (domainName === undefined) {
    if (certificateArn !== undefined) return ['certificateArn is for a domainName, which is not given'];
    return defaultAddress ? [] : ['defaultAddress=false leaves no address where no domainName is given'];
  }
  return certificateArn === undefined ? ['domainName needs a certificateArn'] : [];
}
