import { setting } from '../../functions/shared/config/configuration.ts';
import { newPersistentLogin } from '../../functions/shared/domain/session/persistent-login.ts';
import { newTicket } from '../../functions/shared/domain/session/ticket.ts';
import { newVerificationToken } from '../../functions/shared/domain/verification-token/verification-token.ts';
import { createPersistentLogin } from '../../functions/shared/repositories/persistent-logins.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { countTenants } from '../../functions/shared/repositories/tenants.ts';
import { createTicket } from '../../functions/shared/repositories/tickets.ts';
import { createVerificationToken } from '../../functions/shared/repositories/verification-tokens.ts';
import { importFile } from '../import/import-file.ts';
import { sample } from '../openapi/sample.ts';

const SAMPLE_FILE = 'lib/local/sample-data.json';

/** Sessions and a verification token of the sample profile, fresh at every start, under the ids of the published examples. */
async function makeSampleSessions(): Promise<void> {
  const profile = await findProfile(sample.profileId);
  if (profile === undefined) return;
  await createTicket({ ...newTicket(profile), id: sample.ticketId }, setting('ticketAgeSeconds'));
  await createPersistentLogin(
    { ...newPersistentLogin(profile), id: sample.persistentLoginId, token: sample.unknownId },
    setting('persistentLoginAgeSeconds'),
  );
  await createVerificationToken(
    { ...newVerificationToken(profile, ['verify', 'changePassword']), id: sample.verificationTokenId },
    setting('verificationTokenAgeSeconds'),
  );
}

/** Fills an empty installation, with the sample data or with another export; answers what was done. */
export async function loadData(file: string | undefined): Promise<readonly string[]> {
  const isEmpty = (await countTenants()) === 0;
  if (!isEmpty && file !== undefined)
    throw new Error('There is data already: add --fresh to start with that of --data');
  const lines = isEmpty ? await importFile(file ?? SAMPLE_FILE) : [];
  await makeSampleSessions();
  return lines;
}
