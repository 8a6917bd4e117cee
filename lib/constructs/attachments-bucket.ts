import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** As long as point-in-time recovery reaches back, so that tables and attachments can be restored to one moment. */
const KEEP_DELETED = Duration.days(35);

/**
 * The attachments of profiles: private, reached by the functions alone, deleted ones kept for as long as the tables' recovery. One that goes with its stack
 * is emptied before.
 */
export class AttachmentsBucket extends Bucket {
  constructor(scope: Construct, id: string, { removalPolicy }: { readonly removalPolicy: RemovalPolicy }) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          id: 'forget-deleted',
          noncurrentVersionExpiration: KEEP_DELETED,
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only the functions reach the objects, and their access log has every request; server access logs would keep profile ids in keys.',
    });
  }
}
