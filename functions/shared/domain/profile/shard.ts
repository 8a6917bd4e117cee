import { createHash } from 'node:crypto';

/**
 * Which part of its tenant's index a new profile gets its entries in: they are spread evenly, and a profile keeps its part however many there will be.
 * None in a tenant from before there was an index.
 */
export function shardOf(profileId: string, { shards }: { readonly shards?: number | undefined }): number | undefined {
  if (shards === undefined || shards === 1) return shards && 0;
  return createHash('sha256').update(profileId).digest().readUInt32BE(0) % shards;
}
