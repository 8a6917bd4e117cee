import type { Contract } from '../../functions/shared/http/contract.ts';

const escaping =
  'Text attributes come back HTML-escaped (`&` as `&amp;`, `ë` as `&euml;`) where the tenant has `cleanseAttributes`, as it has by default, ' +
  'and are escaped once more each time that they are read and saved here. `attributes/update` never escapes. ' +
  'To have text as it was sent, create the tenant with `"cleanseAttributes": false`; clients that do not know that field then need the wire line 3.0 or 3.1.0.';
const mailedLink =
  'The link is the given page with the parameter `tokenId`, for example `https://app.example.com/page?tokenId=c3a1b2d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d`.';
const switchingEscaping =
  '`"cleanseAttributes": false` has text attributes stored as they are sent, without HTML escaping; the answer then has the field, which clients up to 3.1.4 reject: they need the wire line 3.0 or 3.1.0.';

/** What is told of single operations besides the doc comment of their contract; kept here, because prose has no place in a function's bundle. */
const notes: Readonly<Record<string, string>> = {
  createProfile: `${mailedLink} ${escaping}`,
  updateProfile: escaping,
  updateProfileAttributes: 'Text is stored as it is sent: nothing is HTML-escaped here, whatever the tenant has.',
  createTenant: switchingEscaping,
  updateTenant: switchingEscaping,
  resetPassword: `${mailedLink} Its value is the \`resetTokenId\` of change_password.`,
  verifyProfile: 'The id is the `tokenId` of the mailed link.',
  changePassword: 'The id is the `tokenId` of the mailed link.',
  authenticate:
    '`DISABLED_PROFILE` stands for a disabled profile, for one that is locked after too many wrong passwords, and for one that waits for its verification mail: with the right password the message says which.',
  uploadAttachment:
    'Names end in `png`, `jpg`, `jpeg`, `jpe`, `gif`, `bmp`, `tif`, `tiff`, `svg` or `svgz`, and the bytes must be of that type. The whole request has 4 MB at most.',
  getAttachment:
    'Of an attachment that is not there the answer is 200 without content and content type, not 404: look at the length.',
  getAttachmentDetails:
    'Of an attachment that is not there the answer is 200 with `null` in every field but `fileSizeBytes`, which is 0.',
};

const isList = ({ response }: Contract): boolean => typeof response !== 'string' && response.type === 'array';

const manyProfiles =
  'A read that would take more than some 24 s is 400 `OTHER`: narrow it. A list larger than some 5.5 MB is 400 `OTHER`: ask for less.';
const pages =
  'Without `count` the list has every match. With it, the headers `Link` and `Next-Cursor` lead to the next page, which costs the same wherever it is.';

/** What there is to know before a call, besides the contract's own words. */
export function notesOn(contract: Contract): readonly string[] {
  const { operationId, parameters, readsManyProfiles } = contract;
  return [
    ...(notes[operationId] === undefined ? [] : [notes[operationId]]),
    ...(readsManyProfiles && isList(contract) ? [manyProfiles] : []),
    ...('count' in parameters ? [pages] : []),
  ];
}

/** The operations that have notes. */
export const notedOperations: readonly string[] = Object.keys(notes);
