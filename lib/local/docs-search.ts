/** What people call things, by a part of the paths that they are about. */
const synonyms: readonly (readonly [path: RegExp, words: string])[] = [
  [/authenticate/, 'sign in, log in, login, credentials, password'],
  [/ticket/, 'session, signed in'],
  [/invalidate/, 'sign out, log out, logout, sign off'],
  [/persistent_login/, 'remember me, stay signed in, cookie'],
  [/profile\/create/, 'sign up, register, registration, new user'],
  [/\/profile/, 'user, account'],
  [/attachment/i, 'avatar, picture, photo, portrait, image, file, upload'],
  [/reset_password|change_password/, 'forgotten password, forgot, recover'],
  [/profile\/\{id\}\/update/, 'password, e-mail, rename'],
  [/verif/, 'confirm, e-mail address, mail'],
  [/enable|disable/, 'lock, block, unlock, suspend'],
  [/roles/, 'group, authorisation, authorization'],
  [/by_query|by_attribute|by_username|by_ids/, 'search, find, e-mail'],
  [/attribute_definitions/, 'schema, custom field'],
  [/\/tenant/, 'realm, organisation, organization, customer'],
  [/access_token/, 'api key, application, secret'],
  [/delete/, 'remove'],
  [/monitoring/, 'health, status, version'],
];

/** Words in lower case, one blank before each: what looks for the beginning of a word looks for a blank and that. */
const wordsOf = (text: string): string =>
  ` ${text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ')}`;

/** Everything by which a person may look for an operation: its own words, and what people call it elsewhere. */
export function searchText(path: string, ownWords: readonly string[]): string {
  const others = synonyms.flatMap(([part, words]) => (part.test(path) ? [words] : []));
  return wordsOf([path, ...ownWords, ...others].join(' '));
}
