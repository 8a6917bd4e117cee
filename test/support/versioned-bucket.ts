import { bucketClient } from '../../functions/shared/repositories/bucket.ts';

interface Version {
  readonly Key: string;
  readonly VersionId: string;
}

/** What the two commands are given. */
interface Input {
  readonly Prefix?: string | undefined;
  readonly KeyMarker?: string | undefined;
  readonly Delete?: { readonly Objects?: readonly Partial<Version>[] | undefined } | undefined;
}

/** Has the bucket of this process keep these versions of old, which the S3 emulator cannot: two to a page, the last of which is a mark of a deletion. */
export function keepVersions(versions: readonly Version[]) {
  let kept = [...versions];
  bucketClient().middlewareStack.add(
    (next, context) => async (args) => {
      const input = args.input as Input;
      if (context.commandName === 'ListObjectVersionsCommand') {
        const all = kept.filter(({ Key }) => Key.startsWith(input.Prefix ?? ''));
        const from = Number(input.KeyMarker ?? 0);
        const page = all.slice(from, from + 2);
        const [last] = page.slice(-1);
        const output = {
          $metadata: {},
          Versions: page.slice(0, -1),
          DeleteMarkers: last ? [last] : [],
          IsTruncated: from + 2 < all.length,
          NextKeyMarker: String(from + 2),
        };
        return { output, response: {} } as unknown as Awaited<ReturnType<typeof next>>;
      }
      const deleted = input.Delete?.Objects?.filter(({ VersionId }) => VersionId !== undefined) ?? [];
      if (context.commandName !== 'DeleteObjectsCommand' || deleted.length === 0) return next(args);
      kept = kept.filter(
        (one) => !deleted.some(({ Key, VersionId }) => Key === one.Key && VersionId === one.VersionId),
      );
      return { output: { $metadata: {} }, response: {} } as unknown as Awaited<ReturnType<typeof next>>;
    },
    { step: 'initialize', name: 'testVersions', override: true, priority: 'low' },
  );
  return {
    kept: () => kept,
    stop: () => bucketClient().middlewareStack.remove('testVersions'),
  };
}
