import { setting } from '../../functions/shared/config/configuration.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { newPersistentLogin } from '../../functions/shared/domain/session/persistent-login.ts';
import { newTicket } from '../../functions/shared/domain/session/ticket.ts';
import { newVerificationToken } from '../../functions/shared/domain/verification-token/verification-token.ts';
import { createPersistentLogin } from '../../functions/shared/repositories/persistent-logins.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { countTenants } from '../../functions/shared/repositories/tenants.ts';
import { createTicket } from '../../functions/shared/repositories/tickets.ts';
import { createVerificationToken } from '../../functions/shared/repositories/verification-tokens.ts';
import { loadPaths, type OnLoaded } from '../import/import-paths.ts';
import { sample } from '../openapi/sample.ts';
import { dataAlready, type Preparation } from './preparation.ts';

const SAMPLE_FILE = 'lib/local/sample-data.json';

interface SessionIds {
  readonly ticketId: string;
  readonly persistentLoginId: string;
  readonly verificationTokenId: string;
}

async function makeVerificationToken(profileId: string, id: string): Promise<void> {
  const profile = await findProfile(profileId);
  if (profile === undefined) return;
  const token = { ...newVerificationToken(profile, ['verify', 'changePassword']), id };
  await createVerificationToken(token, setting('verificationTokenAgeSeconds'));
}

async function makeSessions(profile: Profile, ids: SessionIds): Promise<void> {
  await createTicket({ ...newTicket(profile), id: ids.ticketId }, setting('ticketAgeSeconds'));
  const login = { ...newPersistentLogin(profile), id: ids.persistentLoginId, token: sample.unknownId };
  await createPersistentLogin(login, setting('persistentLoginAgeSeconds'));
  await makeVerificationToken(profile.id, ids.verificationTokenId);
}

/** Sessions and verification tokens of the sample profiles, fresh at every start, under the ids of the published examples. */
async function makeSampleSessions(): Promise<void> {
  const profile = await findProfile(sample.profileId);
  if (profile !== undefined) {
    await makeSessions(profile, sample);
    await makeSessions(profile, sample.spare);
  }
  await makeVerificationToken(sample.disabledProfileId, sample.verifyTokenId);
  await makeVerificationToken(sample.forgetful.profileId, sample.forgetful.resetTokenId);
}

/** What was found in an installation, and what was done with it. */
interface LoadedData {
  /** It was empty before. */
  readonly isNew: boolean;
  /** What was done, line by line. */
  readonly lines: readonly string[];
}

/** With what an empty installation begins: an export, nothing, or else the sample data. */
type FirstData = Partial<Pick<Preparation, 'dataFile' | 'isEmpty'>>;

async function loadFirst({ dataFile, isEmpty = false }: FirstData, onLoaded?: OnLoaded): Promise<readonly string[]> {
  if (isEmpty)
    return ['Nothing is loaded: "npm run admin -- import PATH --local" brings data, bootstrap makes first ones.'];
  return loadPaths([dataFile ?? SAMPLE_FILE], onLoaded);
}

/** Fills an empty installation. Throws a `UsageError` where there are data already that others would mix with. */
export async function loadData(first: FirstData = {}, onLoaded?: OnLoaded): Promise<LoadedData> {
  const isNew = (await countTenants()) === 0;
  if (!isNew && (first.dataFile !== undefined || first.isEmpty)) throw dataAlready();
  const lines = isNew ? await loadFirst(first, onLoaded) : [];
  await makeSampleSessions();
  return { isNew, lines };
}
