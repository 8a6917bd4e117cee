import { types } from 'node:util';

/** The system's code of an error, for example `ENOSPC`; undefined where it has none. */
export const codeOf = (error: unknown): string | undefined =>
  types.isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** What an error says. */
export const messageOf = (error: unknown): string => (types.isNativeError(error) ? error.message : String(error));

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'its disk is read only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'your share of its disk is used up',
  ENOTDIR: 'it is, or is in, something that is no folder',
  EEXIST: 'it is, or is in, something that is no folder',
  ERR_FS_EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'nothing can be made there',
};

/** Why a folder cannot be used, in words; of an unknown reason the system's. */
export function whyFolderFails(error: unknown): string {
  return reasons[codeOf(error) ?? ''] ?? messageOf(error);
}
