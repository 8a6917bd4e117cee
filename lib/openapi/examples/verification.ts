import { sample } from '../sample.ts';
import { changed, johnDoe } from './sample-profiles.ts';

const token = {
  id: sample.verificationTokenId,
  tenant: sample.tenant,
  profileId: sample.profileId,
  timestamp: 1_722_000_700_000,
};

export const verificationExamples = {
  verifyProfile: { parameters: { verificationTokenId: token.id }, answer: changed },
  resetPassword: {
    parameters: { id: sample.profileId, resetPasswordUrl: 'https://app.example.com/reset' },
    answer: johnDoe,
  },
  changePassword: {
    parameters: { resetTokenId: token.id, newPassword: 'correct horse battery staple' },
    answer: changed,
  },
  createVerificationToken: { parameters: { id: sample.profileId }, answer: token },
  getVerificationToken: { parameters: { id: token.id }, answer: token },
  deleteVerificationToken: { parameters: { id: token.id } },
};
