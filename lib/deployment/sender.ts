import { mailableAddress } from '../../functions/shared/domain/values/email-address.ts';
import { UsageError } from '../usage-error.ts';
import { stageFile } from './stage-file.ts';

/** Domains that stand for another one, and receive no mail (RFC 2606). */
const placeholder = /[.@](invalid|example|test|localhost)$/i;

const howTo = (stage: string) =>
  `write "mailSender": "noreply@…", an address of a domain that SES has verified in this region, into ${stageFile(stage)}, or give it with -c mailSender=…`;

/** Throws a `UsageError` where mail could not be sent from there: nothing should be deployed that loses all mail. */
export function requireSender(stage: string, sender: string | undefined): void {
  if (sender === undefined) throw new UsageError(`Stage ${stage} has no sender of mail: ${howTo(stage)}`);
  if (mailableAddress(sender) !== sender)
    throw new UsageError(`mailSender=${JSON.stringify(sender)} must be a plain address: ${howTo(stage)}`);
  if (placeholder.test(sender))
    throw new UsageError(`mailSender=${sender} stands for an address of your own: ${howTo(stage)}`);
}
