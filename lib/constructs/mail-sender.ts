import { CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Asked for at deployment where the context does not give it: without a default, so that CloudFormation says that it is missing instead of sending mail from nowhere. */
export class MailSender extends CfnParameter {
  constructor(scope: Construct, sender: string | undefined) {
    super(scope, 'MailSender', {
      type: 'String',
      ...(sender === undefined ? {} : { default: sender }),
      description:
        'Sender of all mail: an e-mail address whose identity (address or domain) is verified in SES in this region',
      allowedPattern: '^[^\\s@<>",;]+@[^\\s@<>",;]+\\.[^\\s@<>",;]+$',
      constraintDescription:
        'must be the plain e-mail address of an identity verified in SES, for example no-reply@example.com: --parameters <API stack>:MailSender=no-reply@example.com',
    });
  }
}
