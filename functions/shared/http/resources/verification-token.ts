import * as z from 'zod/mini';
import type { VerificationToken } from '../../domain/verification-token/verification-token.ts';
import { dateMs } from './date.ts';

/** Contract 2.6. */
export const verificationTokenResource = z.object({
  id: z.string(),
  tenant: z.string(),
  profileId: z.string(),
  timestamp: dateMs,
});

export const presentVerificationToken = (token: VerificationToken): z.input<typeof verificationTokenResource> => ({
  id: token.id,
  tenant: token.tenant,
  profileId: token.profileId,
  timestamp: token.timestampMs,
});
