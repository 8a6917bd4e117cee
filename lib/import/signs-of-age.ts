import { readSettings } from '../../functions/shared/config/configuration.ts';
import { UsageError } from '../usage-error.ts';
import type { Fields } from './records/fields.ts';

/**
 * What makes documents (contract 8.2) look older than server 3.1.5. `cleanseAttributes` came with 3.1.5, which stores it with each tenant that is saved; start-up of 4.1
 * leaves an `expiresOn` in tenants: either proves a newer server. Data of 2.5 know no `master`. These are signs: a newer server that has saved no tenant yet
 * leaves the first one, too.
 */
export class SignsOfAge {
  #tenants = 0;
  #accessTokens = 0;
  #isNewer = false;
  #hasMaster = false;

  seeTenant(fields: Fields): void {
    this.#tenants++;
    if (fields.has('cleanseAttributes') || fields.has('expiresOn')) this.#isNewer = true;
  }

  seeAccessToken(fields: Fields): void {
    this.#accessTokens++;
    if (fields.has('master')) this.#hasMaster = true;
  }

  /** In words; none where nothing does. */
  get inWords(): readonly string[] {
    if (this.#isNewer) return [];
    return [
      ...(this.#tenants === 0
        ? []
        : [
            'no tenant has the field "cleanseAttributes", which servers from 3.1.5 on store with each tenant that they save',
          ]),
      ...(this.#accessTokens === 0 || this.#hasMaster ? [] : ['no access token has the field "master", as in 2.5']),
    ];
  }
}

/** Throws a `UsageError` for a document of a server whose tenants and profiles had other fields. */
export function requireSupported(fields: Fields): void {
  if (fields.has('tenantName') && !fields.has('name') && !fields.has('tenant'))
    throw new UsageError(
      'This is the store of a server of 2.4 or older, whose fields have other names: it is not supported',
    );
}

/** Whether this installation answers the newest clients; throws a `ConfigurationError`. */
export const isOnNewestLine = (): boolean => readSettings(['wireLine']).wireLine.cleansing;

/** What an operator should hear of such data on the newest line. */
export const lineHints = (signs: readonly string[]): readonly string[] =>
  signs.length === 0
    ? []
    : [
        `WARNING: check WIRE_LINE. It is 3.1 here, the default, for clients of 3.1.5 and newer, and the data look older: ${signs.join('; ')}.`,
        '  If older clients call this installation, it has to be 3.1.0 (clients 3.0.1 to 3.1.4) or 3.0 (2.5.2 and 3.0.0):',
        '  see docs/moving-in.md.',
      ];
