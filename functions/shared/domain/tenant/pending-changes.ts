import type { Attributes, PendingChange } from '../model.ts';
import type { JsonValue } from '../values/json.ts';

const isEmpty = ({ removeRoles, removeAttributes, defaults }: PendingChange) =>
  removeRoles.length + removeAttributes.length + defaults.size === 0;

const isSame = (left: JsonValue, right: JsonValue | undefined) => JSON.stringify(left) === JSON.stringify(right);

/** An earlier change without what the later one does anyhow to every profile that still has both ahead. */
function shortened(earlier: PendingChange, later: PendingChange, repeatable: Attributes): PendingChange {
  const removedLater = (name: string) => later.removeAttributes.includes(name);
  return {
    ...earlier,
    removeRoles: earlier.removeRoles.filter((role) => !later.removeRoles.includes(role)),
    removeAttributes: earlier.removeAttributes.filter((name) => !removedLater(name)),
    defaults: new Map(
      [...earlier.defaults].filter(([name, value]) => !removedLater(name) && !isSame(value, repeatable.get(name))),
    ),
  };
}

/**
 * The pending changes with one more. For a profile of whatever version the outcome is that of all changes in their order, yet the list stays as
 * small as the names and values in it: what the new change repeats goes from the earlier ones. A default value is repeated only where no other
 * change of its attribute lies between.
 */
export function appendPending(pending: readonly PendingChange[], change: PendingChange): readonly PendingChange[] {
  if (isEmpty(change)) return pending;
  const repeatable = new Map(change.defaults);
  const kept = pending.toReversed().map((earlier) => {
    const short = shortened(earlier, change, repeatable);
    for (const name of [...earlier.removeAttributes, ...earlier.defaults.keys()]) repeatable.delete(name);
    return short;
  });
  return [...kept.filter((earlier) => !isEmpty(earlier)).reverse(), change];
}
