import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import type { CallsByIntent } from '../config/calls.ts';
import type { Mail } from '../domain/verification-token/mailed-link.ts';

let client: SESClient | undefined;

/** Hands a mail from this sender to SES: resolves when SES accepted it, rejects when it did not, after the SDK's retries (contract 9.1 #5). */
export async function sendMail(sender: string, { to, subject, html }: Mail): Promise<void> {
  client ??= new SESClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  await client.send(
    new SendEmailCommand({
      Source: sender,
      Destination: { ToAddresses: [to] },
      Message: {
        Subject: { Data: subject, Charset: 'UTF-8' },
        Body: { Html: { Data: html, Charset: 'UTF-8' } },
      },
    }),
  );
}

/** Whether SES refused a mail, and did not only fall silent: whether it has sent the mail, nobody knows then. */
export const isRefusal = (failure: unknown): boolean =>
  typeof failure === 'object' && failure !== null && '$response' in failure && failure.$response !== undefined;

/** What each intent calls. */
export const calls = {
  sendMail: ['SendEmail'],
} as const satisfies CallsByIntent;
