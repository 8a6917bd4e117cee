import { sample } from '../sample.ts';
import { changed, forgetful, janeDoe, johnDoe } from './sample-profiles.ts';

const token = {
  id: sample.verificationTokenId,
  tenant: sample.tenant,
  profileId: sample.profileId,
  timestamp: 1_722_000_700_000,
};

export const verificationExamples = {
  verifyProfile: {
    parameters: { verificationTokenId: sample.verifyTokenId },
    answer: { ...janeDoe, verified: true, enabled: true, lastModified: changed.lastModified },
  },
  resetPassword: {
    parameters: { id: sample.profileId, resetPasswordUrl: 'https://app.example.com/reset' },
    answer: johnDoe,
  },
  changePassword: {
    parameters: { resetTokenId: sample.forgetful.resetTokenId, newPassword: 'correct horse battery staple' },
    answer: forgetful,
  },
  createVerificationToken: { parameters: { id: sample.profileId }, answer: token },
  getVerificationToken: { parameters: { id: token.id }, answer: token },
  deleteVerificationToken: { parameters: { id: sample.spare.verificationTokenId } },
};
