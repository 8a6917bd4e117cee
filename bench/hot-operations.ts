/** What an application calls most: with each page, and with each session. */
export const hotOperations = [
  'getProfile',
  'getProfileByUsername',
  'getProfileByTicket',
  'updateProfile',
  'createTicket',
] as const;
