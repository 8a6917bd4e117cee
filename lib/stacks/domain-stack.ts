import { CfnOutput } from 'aws-cdk-lib';
import { CfnDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { EnvironmentStack } from '../constructs/environment-stack.ts';
import { DOMAIN_TARGET } from '../domain-options.ts';
import type { Options } from '../options.ts';

export interface DomainStackProps {
  readonly options: Options;
  readonly domainName: string;
  readonly certificateArn: string;
}

/** A name of the operator's own. Apart from the API, so that addresses and DNS stay as they are when the API is made anew. */
export class DomainStack extends EnvironmentStack {
  constructor(scope: Construct, { options, domainName, certificateArn }: DomainStackProps) {
    super(scope, { options, part: 'Domain', description: 'Serverless Profile: domain name' });
    const domain = new CfnDomainName(this, 'Domain', {
      domainName,
      domainNameConfigurations: [{ certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' }],
    });
    new CfnOutput(this, DOMAIN_TARGET, { value: domain.attrRegionalDomainName });
    new CfnOutput(this, 'DomainHostedZoneId', { value: domain.attrRegionalHostedZoneId });
  }
}
