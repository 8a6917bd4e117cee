import { assertThat, invalidRequest } from '../../errors/api-error.ts';

/** API Gateway gives up after 30 s; a read may use what leaves time for the answer (contract 9.1 #53). */
const READ_LIMIT_MS = 24_000;

/** Starts the time of a long read; call what it returns between pages: 400 `OTHER` when the time is over. */
export function startReadLimit(): () => void {
  const endsAtMs = Date.now() + READ_LIMIT_MS;
  return () => assertThat(Date.now() < endsAtMs, () => invalidRequest('The read takes too long: narrow the query'));
}
