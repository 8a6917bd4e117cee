/** An error as the AWS SDK throws it; every field may be missing, and anything. */
type AwsError = Error & {
  readonly code?: unknown;
  readonly $metadata?: unknown;
  readonly CancellationReasons?: unknown;
};

/** Longer ones are not AWS's own words. */
const LONGEST_MESSAGE = 1000;
const MOST_REASONS = 100;

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
/** A name, a code or an id; undefined where it is anything else. */
export const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w.=+/-]{1,100}$/.test(value) ? value : undefined;
const number = (value: unknown) => (typeof value === 'number' ? value : undefined);

/** A resource as far as it names no data: a bucket without the key, an identity only where it is a domain. */
function resourceOf(arn: string, rest: string): string | undefined {
  const [, prefix = '', service, name = ''] = /^(arn:[\w-]+:([\w-]+):[\w-]*:\d*:)(.*)$/.exec(arn) ?? [];
  if (service === 'dynamodb' || service === 'kms') return prefix + (/^[\w./-]*/.exec(name)?.[0] ?? '');
  if (service === 's3') return prefix + (/^[a-z\d.-]*/.exec(name)?.[0] ?? '');
  if (service !== 'ses') return prefix || undefined;
  return prefix + (/^identity\/[a-z\d.-]+$/i.test(name) && !rest.includes('@') ? name : 'identity/<address>');
}

/** The action that was denied, and on what: the rest of the message names who asked, and may name data. */
function deniedOf(message: string): Record<string, unknown> | undefined {
  const text = /not authorized to perform:? [`'"]?([a-z\d-]+:[A-Za-z]+)(?:['"]? on resource:? [`'"]?([^\s`'"]+))?/;
  const match = text.exec(message);
  if (match === null) return undefined;
  const [matched, action, arn] = match;
  return { action, resource: arn && resourceOf(arn, message.slice(match.index + matched.length)) };
}

/** Errors of SES whose message says more than their name. */
const ofSes = /^(MessageRejected|MailFromDomain|AccountSending|ConfigurationSet|InvalidParameterValue|Throttling)/;

/** The plain words that a message of SES begins with, up to a colon or the last full stop: addresses stand after them, or leave nothing. */
const plainWords = /^(?:[A-Za-z]+(?:-[A-Za-z\d]+)*[.,]? )*[A-Za-z]+(?:-[A-Za-z\d]+)*(?=\.(?: |$)|: |$)/;

/**
 * What may be logged of an error of AWS beyond its class: ids, codes, what was denied, why a mail was refused. Never its message, which quotes
 * data. Of any other error nothing, or its system code (`ECONNREFUSED`).
 */
export function describeAwsError({ name, message, code, $metadata, CancellationReasons }: AwsError) {
  const { requestId, httpStatusCode, attempts } = fieldsOf($metadata);
  const reasons = Array.isArray(CancellationReasons) ? CancellationReasons.slice(0, MOST_REASONS) : undefined;
  const text = String(message).length <= LONGEST_MESSAGE ? String(message) : '';
  return {
    code: word(code),
    awsRequestId: word(requestId),
    httpStatusCode: number(httpStatusCode),
    attempts: number(attempts),
    cancellationReasons: reasons?.map((reason) => word(fieldsOf(reason).Code) ?? 'unknown'),
    denied: /AccessDenied/.test(name) ? deniedOf(text) : undefined,
    reason: ofSes.test(name) ? plainWords.exec(text)?.[0] : undefined,
  };
}
