import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment } from '../../../functions/shared/domain/attachment/attachment-file.ts';
import { parseJson } from '../../../functions/shared/domain/values/json.ts';
import { jsonTextOf } from '../../../functions/shared/domain/values/json-text.ts';
import { listAttachments } from '../../../functions/shared/repositories/attachments.ts';
import { findObject } from '../../../functions/shared/repositories/bucket.ts';
import { findCredentials } from '../../../functions/shared/repositories/credentials.ts';
import { listProfileSessions } from '../../../functions/shared/repositories/profile-sessions.ts';
import { PRIVATE_FOLDER, writePrivate } from '../../private-file.ts';
import type { Person } from './named-person.ts';

const iso = (timeMs: number) => new Date(timeMs).toISOString();

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

/** As a file may be called on every system. */
const fileNameOf = ({ fileName, contentType }: Attachment) =>
  `${fileName.replace(/[<>:"/\\|?*]/g, '_')}.${contentType.replace(/^.*\/|\+.*$/g, '')}`;

/** Writes the images of a person into a folder, each as a new file; answers how many. */
export async function writeImages(profileId: string, folder: string): Promise<number> {
  const attachments = await listAttachments(profileId);
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
  let written = 0;
  for (const attachment of attachments) {
    const bytes = await findObject(attachment.objectKey);
    if (bytes === undefined) continue;
    writePrivate(join(folder, fileNameOf(attachment)), bytes);
    written++;
  }
  return written;
}
