import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { currentTally, overlaid, type Tally } from '../audit/tally.ts';
import { type Circumstances, leaveRecord, needsKey, together } from '../audit/trail.ts';
import { describeError, log } from '../config/logger.ts';
import { ApiError } from '../errors/api-error.ts';
import { isDenial, wireErrorOf } from '../errors/catalogue.ts';

/** How the key of the trail's hashes is found; undefined where there is none, or it cannot be read in time. */
export type FindAuditKey = () => Promise<Uint8Array | undefined>;

type Ending = Pick<Circumstances, 'outcome' | 'code' | 'reason'>;

/** How a call that threw has ended, as the trail knows it; undefined where it leaves no record. */
function badEnding(error: unknown, { tried, written, unknown }: Tally): Ending | undefined {
  const outcome = unknown > 0 ? 'not known' : 'failed';
  const touched = written + unknown > 0;
  if (!(error instanceof ApiError) || error.kind === 'internal') return tried > 0 ? { outcome } : undefined;
  const { kind, cause } = error;
  const [, code] = wireErrorOf(kind, '3.1');
  const reason = typeof cause === 'string' ? cause : kind;
  if (isDenial(kind)) return { outcome: 'refused', code, reason };
  return touched ? { outcome, code, reason } : undefined;
}

/** How a call that was answered has ended. */
function goodEnding({ written, unknown }: Tally): Ending | undefined {
  if (written > 0) return { outcome: 'done' };
  return unknown > 0 ? { outcome: 'not known' } : undefined;
}

async function leave(ending: Ending | undefined, tally: Tally, event: APIGatewayProxyEventV2, findKey: FindAuditKey) {
  if (ending === undefined) return;
  const change = together(tally.changes);
  const subject = overlaid(tally.subject, change.subject);
  const { accessTokenId, application } = tally.caller ?? {};
  const sourceAddress = event.requestContext.http.sourceIp;
  const circumstances = { ...ending, accessTokenId, application, sourceAddress };
  const key = needsKey(circumstances, subject) ? await findKey() : undefined;
  leaveRecord(circumstances, { ...change, subject }, key);
}

/**
 * Middleware: leaves one record of each call that changed something, or may have, and of each that was denied access or sign-in, before it is answered.
 * What was changed those say who write; what the call is about, its parameters and who looks that up.
 */
export function audited(
  findKey: FindAuditKey,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  const record = async (event: APIGatewayProxyEventV2, endingIn: (tally: Tally) => Ending | undefined) => {
    try {
      const tally = currentTally();
      await leave(endingIn(tally), tally, event, findKey);
    } catch (fault) {
      // What was done stays done, and is answered.
      log().error('A record of the audit trail could not be left', { error: describeError(fault) });
    }
  };
  return {
    after: ({ event }) => record(event, goodEnding),
    onError: ({ event, error }) => record(event, (tally) => badEnding(error, tally)),
  };
}
