import type { Profile } from '../domain/profile/profile.ts';

/** That a profile is there, no tombstone, of its tenant, and that nobody has written to it since it was read: what an item's condition says of it. */
export const profileAsRead = ({ tenantId, revision }: Profile) => ({
  ConditionExpression:
    'attribute_exists(pk) AND attribute_not_exists(deletedAtMs) AND tenantId = :tenantId AND ' +
    // What a profile from before there were revisions lacks.
    `(revision = :revision${revision === 0 ? ' OR attribute_not_exists(revision)' : ''})`,
  ExpressionAttributeValues: { ':tenantId': tenantId, ':revision': revision },
});
