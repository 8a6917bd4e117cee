import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import type { JsonValue } from '../../functions/shared/domain/values/json.ts';

const recordedRequest = z.object({
  method: z.string(),
  path: z.string(),
  query: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.optional(z.nullable(z.string())),
  bodyBase64: z.optional(z.string()),
  bodyNote: z.optional(z.string()),
});

const recordedResponse = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.optional(z.string()),
  bodyBase64: z.optional(z.string()),
});

const mail = z.object({
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  contentType: z.string(),
  link: z.string(),
});

const callEntry = z.object({ name: z.string(), request: recordedRequest, response: z.nullable(recordedResponse) });
const mailEntry = z.object({ name: z.string(), mail: z.nullable(mail) });
const waitEntry = z.object({ name: z.string(), waitMs: z.number() });
const entries = z.array(z.union([callEntry, mailEntry, waitEntry]));

export type RecordedRequest = z.output<typeof recordedRequest>;
type RecordedResponse = z.output<typeof recordedResponse>;
export type Mail = z.output<typeof mail>;
export type Exchange = z.output<typeof callEntry>;

/** An answer as it is compared: JSON parsed, other text as it is, bytes in base64. */
export interface Answer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly allow: string | undefined;
  /** Undefined where there is none. */
  readonly body: JsonValue | undefined;
}

const parseJson = (text: string): JsonValue => JSON.parse(text);

/** The parts of an answer that count, from what came over the wire. */
export function answerOf(status: number, headers: Readonly<Record<string, string | undefined>>, bytes: Buffer): Answer {
  const contentType = headers['content-type'];
  const text = bytes.toString('utf8');
  const bodyOf = () => {
    if (contentType?.startsWith('application/json')) return parseJson(text);
    return contentType?.startsWith('image/') ? bytes.toString('base64') : text;
  };
  return { status, contentType, allow: headers.allow, body: bytes.length === 0 ? undefined : bodyOf() };
}

/** The answer of the server that we replace, in the same form. */
export function recordedAnswer({ status, headers, body, bodyBase64 }: RecordedResponse): Answer {
  return answerOf(
    status,
    headers,
    bodyBase64 === undefined ? Buffer.from(body ?? '') : Buffer.from(bodyBase64, 'base64'),
  );
}

const fixture = (name: string): unknown => JSON.parse(readFileSync(resolve('test/parity/fixtures', name), 'utf8'));

/** Everything that was recorded, in the order in which it happened. */
export const recording = z.parse(entries, fixture('exchanges.json'));

const answers = new Map(
  recording.flatMap((entry) =>
    'response' in entry && entry.response ? [[entry.name, recordedAnswer(entry.response)]] : [],
  ),
);

/** What was answered in the exchange of this name. */
export function recordedAs(name: string): Answer {
  const answer = answers.get(name);
  if (answer === undefined) throw new Error(`No answer was recorded for "${name}"`);
  return answer;
}

const seed = z.object({
  accesstoken: z.array(
    z.object({
      _id: z.string(),
      application: z.string(),
      master: z.boolean(),
      tenantPermissions: z.array(z.object({ tenant: z.string(), allowedActions: z.array(z.string()) })),
      expiresOn: z.object({ $date: z.string() }),
    }),
  ),
  tenant: z.array(
    z.object({
      name: z.string(),
      verifyNewProfiles: z.boolean(),
      cleanseAttributes: z.boolean(),
      availableRoles: z.array(z.string()),
      attributeDefinitions: z.array(
        z.object({
          name: z.string(),
          permissions: z.array(z.object({ application: z.string(), allowedActions: z.array(z.string()) })),
        }),
      ),
    }),
  ),
  profile: z.array(
    z.object({
      username: z.string(),
      password: z.string(),
      email: z.string(),
      verified: z.boolean(),
      enabled: z.boolean(),
      tenant: z.string(),
      roles: z.array(z.string()),
      attributes: z.record(z.string(), z.json()),
    }),
  ),
});

/** The data that the recorded server started from. */
export const recordedSeed = z.parse(seed, fixture('seed.json'));

/** How one entry of the recording went. */
export interface Outcome {
  readonly name: string;
  readonly faults: readonly string[];
  readonly actual: Answer | Mail | null;
}
