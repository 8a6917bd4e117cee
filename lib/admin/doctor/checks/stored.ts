import type { AccessToken } from '../../../../functions/shared/domain/access/access-token.ts';
import { hasExpired } from '../../../../functions/shared/domain/access/access-token.ts';
import { openSinceMs } from '../../../../functions/shared/domain/sweep/open-since.ts';
import type { Sweep } from '../../../../functions/shared/domain/sweep/sweep.ts';
import { isIndexedWrongly } from '../../../../functions/shared/domain/tenant/indexed-fields.ts';
import { findAccessToken, listAccessTokens } from '../../../../functions/shared/repositories/access-tokens.ts';
import { listRefusedMails } from '../../../../functions/shared/repositories/refused-mails.ts';
import { listSweeps } from '../../../../functions/shared/repositories/sweeps.ts';
import { everyTenant } from '../../../../functions/shared/repositories/tenants.ts';
import sampleData from '../../../local/sample-data.json' with { type: 'json' };
import { allOf, type Check, failed, ok, type Patient, warning } from '../check.ts';

const DAY_MS = 86_400_000;
/** So long before its end an access token should be replaced. */
const SOON_DAYS = 30;
/** An open change is carried out within seconds of its end. */
const LONG_OPEN_MINUTES = 15;

/** Ids of access tokens that anybody can read: of the sample data, and those that the replaced server was shipped with. */
const wellKnownIds = [...sampleData.accesstoken.map(({ _id }) => _id), 'f91cdaf0-e5c6-11e3-ac10-0800200c9a66'];

const admin = (command: string, { where }: Patient) =>
  `"npm run admin -- ${command}${where === '' ? '' : ` ${where}`}"`;
const nameOf = ({ application, master }: AccessToken) =>
  `${application ?? 'no application'}${master ? ' (master)' : ''}`;

const wellKnown: Check = {
  name: 'known tokens',
  only: 'deployed',
  look: async (patient) => {
    await patient.useTables();
    const found = (await Promise.all(wellKnownIds.map(findAccessToken))).flatMap((token) => token ?? []);
    if (found.length === 0) return ok('none that anybody knows');
    return failed(
      `access tokens have ids that anybody can read in public: of ${found.map(nameOf).join(', ')}`,
      `make others with ${admin('token create', patient)} and end these with ${admin('token revoke', patient)}`,
    );
  },
};

const tokens: Check = {
  name: 'access tokens',
  look: async (patient) => {
    await patient.useTables();
    const all = await listAccessTokens();
    const { nowMs } = patient;
    const expired = all.filter((token) => hasExpired(token, nowMs));
    const soon = all.filter((token) => !hasExpired(token, nowMs) && hasExpired(token, nowMs + SOON_DAYS * DAY_MS));
    if (all.length === expired.length)
      return failed(
        all.length === 0 ? 'there is none' : 'all have expired: every call is refused',
        `${admin(`bootstrap --email ADDRESS${all.length === 0 ? '' : ' --again'}`, patient)} makes one`,
      );
    const names = (those: readonly AccessToken[]) => those.map(nameOf).join(', ');
    return allOf(
      [
        expired.length === 0
          ? ok('')
          : warning(`expired: ${names(expired)}`, `end it with ${admin('token revoke', patient)} or make another one`),
        soon.length === 0
          ? ok('')
          : warning(
              `expire within ${SOON_DAYS} days: ${names(soon)}`,
              `replace it with ${admin('token rotate', patient)}`,
            ),
      ],
      `${all.length}, none of which has expired or is about to`,
    );
  },
};

const openChanges: Check = {
  name: 'open changes',
  look: async (patient) => {
    await patient.useTables();
    const [open, tenants] = await Promise.all([listSweeps(), everyTenant()]);
    if (open.length === 0) return ok('none');
    const tenantOf = (sweep: Sweep) =>
      sweep.kind === 'clear' ? undefined : tenants.find(({ id }) => id === sweep.tenantId);
    const since = open.map((sweep) => openSinceMs(sweep, tenantOf(sweep)) ?? patient.nowMs);
    const minutes = Math.floor((patient.nowMs - Math.min(...since)) / 60_000);
    const found = `${open.length}, the oldest since ${minutes} minutes`;
    if (minutes < LONG_OPEN_MINUTES) return ok(found);
    return failed(found, `see the log of sweep-tenants; ${admin('sweep', patient)} carries them out now`);
  },
};

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ');

const indexes: Check = {
  name: 'tenants',
  look: async (patient) => {
    await patient.useTables();
    const tenants = await everyTenant();
    const unindexed = tenants.filter(({ shards }) => shards === undefined).map(({ name }) => name);
    const wrong = tenants.flatMap(({ name, attributeDefinitions }) =>
      attributeDefinitions.filter(isIndexedWrongly).map((definition) => `${definition.name} of ${name}`),
    );
    return allOf(
      [
        unindexed.length === 0
          ? ok('')
          : warning(
              `no index: ${quoted(unindexed)}, whose lists and queries read all their profiles, and whose calls read all their definitions`,
              `${admin('reindex', patient)} makes it`,
            ),
        wrong.length === 0
          ? ok('')
          : warning(
              `"indexed" asks for what cannot be: ${quoted(wrong)}`,
              'put the metadata of these definitions right',
            ),
      ],
      `${tenants.length}, each with its index, one read unit a call`,
    );
  },
};

const refusedMails: Check = {
  name: 'refused mails',
  look: async (patient) => {
    await patient.useTables();
    const { length } = await listRefusedMails();
    if (length === 0) return ok('nobody waits for one');
    return warning(
      `${length} new profiles wait for a verification mail that SES has refused`,
      `see "mail quota" and "bounces", then ${admin('person resend', patient)} sends it again`,
    );
  },
};

/** Of what is stored. */
export const storedChecks: readonly Check[] = [wellKnown, tokens, openChanges, refusedMails, indexes];
