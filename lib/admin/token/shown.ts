import {
  type AccessToken,
  hasExpired,
  type TenantPermission,
} from '../../../functions/shared/domain/access/access-token.ts';
import { printable } from '../printable.ts';

const SHOWN = 4;

/** The begin of an id, by which a person names the token: four characters, and of a short one never more than half. */
export const beginOf = ({ id }: AccessToken): string => id.slice(0, Math.min(SHOWN, Math.floor(id.length / 2)));

const iso = (timeMs: number) => new Date(timeMs).toISOString();

function endText(token: AccessToken, nowMs: number): string {
  const { expiresOnMs } = token;
  if (expiresOnMs === null) return 'never';
  return `${hasExpired(token, nowMs) ? 'expired ' : ''}${iso(expiresOnMs)}`;
}

const actionsText = ({ tenant, allowedActions }: TenantPermission) =>
  `${tenant}: ${allowedActions?.join(', ') || 'nothing'}`;

const permissionsText = ({ tenantPermissions }: AccessToken) => tenantPermissions.map(actionsText).join('; ') || 'none';

const nameOf = ({ application }: AccessToken) => application ?? '(no application)';

/** Everything but its id, for a machine. */
const documentOf = (token: AccessToken, nowMs: number) => ({
  begins: beginOf(token),
  application: token.application,
  master: token.master,
  created: iso(token.createdAtMs),
  expires: token.expiresOnMs === null ? null : iso(token.expiresOnMs),
  expired: hasExpired(token, nowMs),
  tenantPermissions: token.tenantPermissions,
});

/** Access tokens without their ids, as one JSON document. */
export const tokensJson = (tokens: readonly AccessToken[], nowMs: number): string =>
  JSON.stringify({ accessTokens: tokens.map((token) => documentOf(token, nowMs)) }, null, 2);

/** One of them, as one. */
export const tokenJson = (token: AccessToken, nowMs: number): string =>
  JSON.stringify(documentOf(token, nowMs), null, 2);

/** Columns that are as wide as what is in them; the last one is as it is. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Access tokens without their ids, a line each. */
export function tokenTable(tokens: readonly AccessToken[], nowMs: number): readonly string[] {
  if (tokens.length === 0) return ['There is no access token.'];
  const rows = tokens.map((token) =>
    [
      `${beginOf(token)}…`,
      nameOf(token),
      token.master ? 'yes' : 'no',
      endText(token, nowMs),
      permissionsText(token),
    ].map(printable),
  );
  return table([['id', 'application', 'master', 'expires', 'tenants and actions'], ...rows]);
}

/** Everything of one but its id, a line each. */
export const tokenLines = (token: AccessToken, nowMs: number): readonly string[] =>
  [
    `begins with   ${beginOf(token)}`,
    `application   ${nameOf(token)}`,
    `master        ${token.master ? 'yes' : 'no'}`,
    `created       ${iso(token.createdAtMs)}`,
    `expires       ${endText(token, nowMs)}`,
    ...(token.tenantPermissions.length === 0 ? ['permissions   none'] : []),
    ...token.tenantPermissions.map((permission) => `permission    ${actionsText(permission)}`),
  ].map(printable);

/** A token in a sentence. */
export const tokenName = (token: AccessToken): string =>
  printable(
    `access token ${JSON.stringify(beginOf(token))}… of application ${JSON.stringify(token.application ?? '')}`,
  );
