import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopServer } from '../../lib/local/stop-server.ts';

/** A mail as SES got it. */
export interface CapturedMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  /** The type of the whole mail, as SES makes it of the parts. */
  readonly contentType: string;
}

/** A refusal of SES (400), in other words too, a fault of SES (500), an answer that never comes, or one that is cut off at once. */
export type MailFailure =
  | 'refused'
  | 'broken'
  | 'hanging'
  | 'silent'
  | { readonly code: string; readonly message: string };

/** As much of SES, version 1, as `SendEmail` needs. */
export interface Mailbox {
  readonly url: string;
  /** Every accepted mail, oldest first; a test may empty it. */
  readonly mails: CapturedMail[];
  /** Fails the next calls; the SDK repeats all but a refusal, up to three calls a mail. */
  failNext(failure: MailFailure, times?: number): void;
  stop(): Promise<void>;
}

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';
const accepted = `<SendEmailResponse xmlns="${namespace}"><SendEmailResult><MessageId>0</MessageId></SendEmailResult></SendEmailResponse>`;
/** In the words of SES, which quote addresses. */
const reason =
  'Email address is not verified. The following identities failed the check in region US-EAST-1: canary@example.com, Mara &lt;mara@example.org&gt;';
const errorOf = (type: string, code: string, message = reason) =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

function respond(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
}

async function answer(body: string, failure: MailFailure | undefined, mails: CapturedMail[], response: ServerResponse) {
  if (failure === 'refused') return respond(response, 400, errorOf('Sender', 'MessageRejected'));
  if (failure === 'broken') return respond(response, 500, errorOf('Receiver', 'InternalFailure'));
  if (typeof failure === 'object') return respond(response, 400, errorOf('Sender', failure.code, failure.message));
  if (failure === 'silent') return void response.destroy();
  if (failure === 'hanging') await sleep(20_000, undefined, { ref: false });
  const fields = new URLSearchParams(body);
  const field = (name: string) => fields.get(name) ?? '';
  mails.push({
    from: field('Source'),
    to: field('Destination.ToAddresses.member.1'),
    subject: field('Message.Subject.Data'),
    html: field('Message.Body.Html.Data'),
    contentType: fields.has('Message.Body.Text.Data')
      ? 'multipart/alternative'
      : `text/html; charset="${field('Message.Body.Html.Charset')}"`,
  });
  respond(response, 200, accepted);
}

export async function startMailbox(): Promise<Mailbox> {
  const mails: CapturedMail[] = [];
  const failures: MailFailure[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    await answer(Buffer.concat(chunks).toString(), failures.shift(), mails, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A test that fails before it can stop the mailbox must not hang.
  server.unref();
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    mails,
    failNext: (failure, times = 1) => failures.push(...Array<MailFailure>(times).fill(failure)),
    stop: () => stopServer(server),
  };
}
