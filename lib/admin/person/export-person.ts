import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment } from '../../../functions/shared/domain/attachment/attachment-file.ts';
import { parseJson } from '../../../functions/shared/domain/values/json.ts';
import { jsonTextOf } from '../../../functions/shared/domain/values/json-text.ts';
import { listAttachments } from '../../../functions/shared/repositories/attachments.ts';
import { findObject } from '../../../functions/shared/repositories/bucket.ts';
import { findCredentials } from '../../../functions/shared/repositories/credentials.ts';
import { listProfileSessions } from '../../../functions/shared/repositories/profile-sessions.ts';
import { whyFolderFails } from '../../system-errors.ts';
import { UsageError } from '../../usage-error.ts';
import type { Person } from './named-person.ts';

const iso = (timeMs: number) => new Date(timeMs).toISOString();
/** For the operator alone. */
const PRIVATE = 0o600;

async function passwordOf(profileId: string) {
  const { passwordHash, failedLoginAttempts = 0, lastFailedLoginMs } = (await findCredentials(profileId)) ?? {};
  return {
    isSet: passwordHash !== undefined,
    failedSignIns: failedLoginAttempts,
    lastFailedSignIn: lastFailedLoginMs === undefined ? undefined : iso(lastFailedLoginMs),
  };
}

async function sessionsOf(profileId: string) {
  const sessions = await listProfileSessions(profileId);
  return sessions.map(({ kind, sinceMs, expiresAtSeconds, purposes }) => ({
    kind,
    [kind === 'ticket' ? 'lastUsed' : 'made']: iso(sinceMs),
    expires: iso(expiresAtSeconds * 1000),
    purposes,
  }));
}

const attachmentOf = ({ id, fileName, contentType, sizeBytes, md5 }: Attachment) => ({
  id,
  fileName,
  contentType,
  sizeBytes,
  md5,
});

/** Everything that is held on a person, as JSON for people: no hash of a password, and nothing that lets anybody in. */
export async function personJson({ profile }: Person, nowMs: number): Promise<string> {
  const { id, tenant, username, email, verified, enabled, createdAtMs, lastModifiedMs, roles, attributes } = profile;
  const [password, sessions, attachments] = await Promise.all([passwordOf(id), sessionsOf(id), listAttachments(id)]);
  const document = {
    exported: iso(nowMs),
    profile: {
      id,
      tenant,
      username,
      email,
      verified,
      enabled,
      created: iso(createdAtMs),
      lastModified: iso(lastModifiedMs),
      roles,
      attributes,
    },
    password,
    sessions,
    attachments: attachments.map(attachmentOf),
  };
  return JSON.stringify(parseJson(jsonTextOf(document)), null, 2);
}

/** A new file that nobody else may read. Throws a `UsageError` where it is there already, or cannot be written. */
export function writePrivate(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: PRIVATE });
  } catch (fault) {
    throw new UsageError(`${path} cannot be written: ${whyFolderFails(fault)}`);
  }
}

/** As a file may be called on every system. */
const fileNameOf = ({ fileName, contentType }: Attachment) =>
  `${fileName.replace(/[<>:"/\\|?*]/g, '_')}.${contentType.replace(/^.*\/|\+.*$/g, '')}`;

/** Writes the images of a person into a folder, each as a new file; answers how many. */
export async function writeImages(profileId: string, folder: string): Promise<number> {
  const attachments = await listAttachments(profileId);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let written = 0;
  for (const attachment of attachments) {
    const bytes = await findObject(attachment.objectKey);
    if (bytes === undefined) continue;
    writePrivate(join(folder, fileNameOf(attachment)), bytes);
    written++;
  }
  return written;
}
