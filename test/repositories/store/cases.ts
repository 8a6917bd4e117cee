import { accessTokenCases } from './access-tokens.ts';
import { attachmentCases } from './attachments.ts';
import type { Case } from './case.ts';
import { hashNoteCases } from './hash-notes.ts';
import { identityCases } from './identities.ts';
import { indexCases } from './index-entries.ts';
import { indexReadCases } from './index-reads.ts';
import { installationCases } from './installation.ts';
import { newProfileCases } from './new-profiles.ts';
import { profileReadCases } from './profile-reads.ts';
import { profileCases } from './profiles.ts';
import { refusedMailCases } from './refused-mails.ts';
import { sessionCases } from './sessions.ts';
import { signInCases } from './sign-in.ts';
import { sweepCases } from './sweeps.ts';
import { tenantCases } from './tenants.ts';
import { tombstoneCases } from './tombstones.ts';

/** All that is promised of a store. */
export const storeCases: readonly Case[] = [
  ...installationCases,
  ...accessTokenCases,
  ...tenantCases,
  ...sweepCases,
  ...newProfileCases,
  ...profileCases,
  ...profileReadCases,
  ...indexReadCases,
  ...identityCases,
  ...indexCases,
  ...signInCases,
  ...tombstoneCases,
  ...hashNoteCases,
  ...refusedMailCases,
  ...sessionCases,
  ...attachmentCases,
];
