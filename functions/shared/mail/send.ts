import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { setting } from '../config/configuration.ts';

let client: SESClient | undefined;

/** A mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** HTML of ASCII characters only, so that it travels as it is (contract 7). */
  readonly html: string;
}

/** Hands a mail to SES: resolves when SES accepted it, rejects when it did not, after the SDK's retries (contract 9.1 #5). */
export async function sendMail({ to, subject, html }: Mail): Promise<void> {
  client ??= new SESClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  await client.send(
    new SendEmailCommand({
      Source: setting('mailSender'),
      Destination: { ToAddresses: [to] },
      Message: {
        Subject: { Data: subject, Charset: 'UTF-8' },
        Body: { Html: { Data: html, Charset: 'UTF-8' } },
      },
    }),
  );
}
