import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import type { CallsByIntent } from '../config/calls.ts';
import { count } from '../config/metrics.ts';
import type { Mail } from '../domain/verification-token/mailed-link.ts';
import { isRefusal } from './refusal.ts';

let client: SESClient | undefined;

/** Notes whether SES fell silent at any of the SDK's tries: it may have taken the mail then, whatever it says to the next one. */
function watchTries(command: SendEmailCommand): { readonly fellSilent: boolean } {
  const watch = { fellSilent: false };
  command.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (failure) {
        watch.fellSilent ||= !isRefusal(failure);
        throw failure;
      }
    },
    { step: 'deserialize', priority: 'high', name: 'watchTries' },
  );
  return watch;
}

/**
 * Hands a mail from this sender to SES: resolves when SES accepted it, rejects when it did not, after the SDK's retries (contract 9.1 #5). With the
 * answer of SES where that refused it; with another error where SES may have sent it all the same. Either is counted.
 */
export async function sendMail(sender: string, { to, subject, html }: Mail): Promise<void> {
  client ??= new SESClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  const command = new SendEmailCommand({
    Source: sender,
    Destination: { ToAddresses: [to] },
    Message: {
      Subject: { Data: subject, Charset: 'UTF-8' },
      Body: { Html: { Data: html, Charset: 'UTF-8' } },
    },
  });
  const tries = watchTries(command);
  try {
    await client.send(command);
  } catch (failure) {
    count('MailFailed');
    throw tries.fellSilent ? new Error('A mail may have been sent', { cause: failure }) : failure;
  }
  count('MailSent');
}

/** What each intent calls. */
export const calls = {
  sendMail: ['SendEmail'],
} as const satisfies CallsByIntent;
