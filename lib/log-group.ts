/** The log group of a stage: of all its functions, and of what its operator does. */
export const logGroupOf = (stage: string): string => `/serverless-profile/${stage}`;
