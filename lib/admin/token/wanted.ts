import type { AccessToken, TenantPermission } from '../../../functions/shared/domain/access/access-token.ts';
import { didYouMean } from '../../nearest.ts';
import { tenantActionNames } from '../../openapi/actions.ts';
import { UsageError } from '../../usage-error.ts';
import { requireDuration } from '../duration.ts';

/** A new access token as the command line asks for it. */
export interface WantedToken {
  readonly application: string;
  readonly tenants: readonly string[];
  readonly allow: readonly string[];
  readonly master: boolean;
  /** A duration, `90d`. */
  readonly expires?: string | undefined;
}

function requireActions(allow: readonly string[]): void {
  const unknown = allow.filter((action) => !tenantActionNames.includes(action));
  const faults = unknown.map(
    (action) =>
      `--allow ${JSON.stringify(action)} is no action${didYouMean(action, tenantActionNames) || ':'} there are ${tenantActionNames.join(', ')}`,
  );
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
}

/** What it may do, on each tenant the same. Throws a `UsageError` where that is nothing, or an action does not exist. */
export function permissionsOf({ tenants, allow, master }: WantedToken): readonly TenantPermission[] {
  requireActions(allow);
  if (tenants.length > 0 && allow.length === 0)
    throw new UsageError(`--tenant needs --allow: what may it do there? There are ${tenantActionNames.join(', ')}`);
  if (allow.length > 0 && tenants.length === 0)
    throw new UsageError("--allow needs --tenant: where may it do so? '*' is every tenant");
  if (tenants.length === 0 && !master)
    throw new UsageError('It could do nothing: give it --tenant and --allow, or --master to manage access tokens');
  return [...new Set(tenants)].map((tenant) => ({ tenant, allowedActions: [...new Set(allow)] }));
}

/** When it ends (epoch milliseconds); null: never. Throws a `UsageError`. */
export function expiryOf({ expires }: WantedToken, nowMs: number): number | null {
  if (expires === undefined) return null;
  const lengthMs = requireDuration('expires', expires);
  if (lengthMs === 0) throw new UsageError(`--expires ${JSON.stringify(expires)} would end it before it is made`);
  return nowMs + lengthMs;
}

/** When a token ends that takes the place of another one: after as long as that was made for (epoch milliseconds); null: never. */
export const renewedExpiry = ({ createdAtMs, expiresOnMs }: AccessToken, nowMs: number): number | null =>
  expiresOnMs === null ? null : nowMs + Math.max(0, expiresOnMs - createdAtMs);
