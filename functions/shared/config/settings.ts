import {
  asAddress,
  asContextPath,
  asLine,
  asName,
  asOrigins,
  asSha256,
  asSwitch,
  asText,
  wholeNumberUpTo,
} from './setting-readers.ts';
import { asWireLine } from './wire-line.ts';

/** One setting: an environment variable of the functions and a CDK context value of the same meaning. */
interface Setting<Value> {
  readonly variable: string;
  /** The CDK context key; absent for what the stack itself fills in. */
  readonly context?: string;
  /** Absent: the variable must be there where the endpoint's contract needs it. */
  readonly fallback?: string;
  /** Throws an Error whose text says what is expected. */
  read(value: string): Value;
}

/** What a function can take: its payload is 6 MB, base64 included. */
const MOST_UPLOAD_BYTES = 4_194_304;
const asWholeNumber = wholeNumberUpTo(9_999_999_999);

/** Every setting there is; the functions' environment, the stack's context and, with `setting-descriptions.ts`, `docs/settings.md` are made from it. */
export const settingTable = {
  profilesTable: { variable: 'PROFILES_TABLE', read: asName },
  tokensTable: { variable: 'TOKENS_TABLE', read: asName },
  ticketsTable: { variable: 'TICKETS_TABLE', read: asName },
  attachmentsBucket: { variable: 'ATTACHMENTS_BUCKET', read: asName },
  mailSender: {
    variable: 'MAIL_SENDER',
    context: 'mailSender',
    read: asAddress,
  },
  managementTokenSha256: {
    variable: 'MANAGEMENT_TOKEN_SHA256',
    context: 'managementTokenSha256',
    fallback: '',
    read: asSha256,
  },
  newProfileSubject: {
    variable: 'NEW_PROFILE_SUBJECT',
    context: 'newProfileSubject',
    fallback: 'Verify Account',
    read: asLine,
  },
  resetPasswordSubject: {
    variable: 'RESET_PASSWORD_SUBJECT',
    context: 'resetPasswordSubject',
    fallback: 'Reset Password',
    read: asLine,
  },
  linkAllowList: {
    variable: 'LINK_ALLOW_LIST',
    context: 'linkAllowList',
    fallback: '',
    read: asOrigins,
  },
  ticketAgeSeconds: {
    variable: 'TICKET_AGE_SECONDS',
    context: 'ticketAgeSeconds',
    fallback: '900',
    read: asWholeNumber,
  },
  persistentLoginAgeSeconds: {
    variable: 'PERSISTENT_LOGIN_AGE_SECONDS',
    context: 'persistentLoginAgeSeconds',
    fallback: '1296000',
    read: asWholeNumber,
  },
  verificationTokenAgeSeconds: {
    variable: 'VERIFICATION_TOKEN_AGE_SECONDS',
    context: 'verificationTokenAgeSeconds',
    fallback: '86400',
    read: asWholeNumber,
  },
  lockThreshold: {
    variable: 'LOCK_THRESHOLD',
    context: 'lockThreshold',
    fallback: '8',
    read: asWholeNumber,
  },
  delayThreshold: {
    variable: 'DELAY_THRESHOLD',
    context: 'delayThreshold',
    fallback: '2',
    read: asWholeNumber,
  },
  lockMinutes: {
    variable: 'LOCK_MINUTES',
    context: 'lockMinutes',
    fallback: '10',
    read: asWholeNumber,
  },
  renewPasswordHashes: {
    variable: 'RENEW_PASSWORD_HASHES',
    context: 'renewPasswordHashes',
    fallback: 'true',
    read: asSwitch,
  },
  uploadLimitBytes: {
    variable: 'UPLOAD_LIMIT_BYTES',
    context: 'uploadLimitBytes',
    fallback: String(MOST_UPLOAD_BYTES),
    read: wholeNumberUpTo(MOST_UPLOAD_BYTES),
  },
  cacheSeconds: {
    variable: 'CACHE_SECONDS',
    context: 'cacheSeconds',
    fallback: '0',
    read: asWholeNumber,
  },
  wireLine: {
    variable: 'WIRE_LINE',
    context: 'wireLine',
    fallback: '3.1',
    read: asWireLine,
  },
  stage: { variable: 'STAGE', fallback: '', read: asText },
  packageVersion: { variable: 'PACKAGE_VERSION', fallback: '', read: asText },
  packageBuild: { variable: 'PACKAGE_BUILD', context: 'packageBuild', fallback: '', read: asText },
  packageBuildDate: { variable: 'PACKAGE_BUILD_DATE', context: 'packageBuildDate', fallback: '', read: asText },
  contextPath: {
    variable: 'CONTEXT_PATH',
    context: 'contextPath',
    fallback: '/crafter-profile',
    read: asContextPath,
  },
} as const satisfies Record<string, Setting<unknown>>;

/** A setting by its name in the code. */
export type SettingName = keyof typeof settingTable;

/** The value of every setting, as it is read. */
export type Settings = { readonly [Name in SettingName]: ReturnType<(typeof settingTable)[Name]['read']> };
