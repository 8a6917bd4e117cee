/**
 * What a command was given cannot be used: an option, a setting, a file or a folder. Nothing has been built, started or removed; the command ends
 * with 2. Its message says what to give instead.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
