import { createHash } from 'node:crypto';
import { Binary, type Document, Double, EJSON, Int32, Long, ObjectId } from 'bson';
import { png } from './attachments.ts';

/** Collections of a server, as its database holds them. */
export type Collections = Readonly<Record<string, readonly Document[]>>;

/** The hash of the old server for the password "admin". */
const PASSWORD = '4rQ8a67wAk1GRwIqHix5kYw1MORa49o83Y7zXQhBqT0=|j4vsWtPbYjO3LfSiQcnGlw==';
const CHUNK_BYTES = 255 * 1024;

const idOf = (kind: number, number: number) =>
  new ObjectId(`5d00${kind.toString(16).padStart(4, '0')}${number.toString(16).padStart(16, '0')}`);

const names = ['north', 'south', 'größer & kleiner'];

const tenantOf = (name: string, at: number): Document => ({
  _id: idOf(1, at),
  name,
  verifyNewProfiles: at === 1,
  ssoEnabled: false,
  cleanseAttributes: at !== 2,
  availableRoles: ['READER', 'EDITOR', 'OWNER'],
  attributeDefinitions: ['firstName', 'score', 'born', 'links'].map((attribute) => ({
    name: attribute,
    metadata: { label: attribute, type: 'TEXT', indexed: attribute === 'score' },
    permissions: [{ application: '*', allowedActions: ['*'] }],
  })),
});

function profileOf(at: number): Document {
  const createdOn = new Date(Date.UTC(1969, 11, 31) + at * 7_200_000);
  return {
    _id: idOf(2, at),
    username: `user ${at}`,
    ...(at % 10 === 9 ? {} : { password: PASSWORD }),
    email: `user${at}@example.org`,
    verified: at % 3 === 0,
    enabled: at % 7 !== 0,
    createdOn,
    lastModified: new Date(createdOn.getTime() + 1000),
    tenant: names[at % names.length],
    roles: at % 2 === 0 ? ['READER', 'EDITOR'] : ['OWNER'],
    attributes: {
      firstName: `Ana ${at} — ☃`,
      score: at % 4 === 0 ? new Double(at / 8) : new Int32(at),
      born: createdOn,
      links: [{ url: `https://example.org/${at}`, visits: Long.fromString('9007199254740993') }, null, -0.5],
    },
    failedLoginAttempts: at % 5,
    ...(at % 5 === 4 ? { lastFailedLogin: createdOn } : {}),
  };
}

/** What cannot be taken, each for a reason of its own. */
const broken: readonly Document[] = [
  { ...profileOf(1), _id: idOf(3, 1) },
  { ...profileOf(2), username: 'same id' },
  { ...profileOf(3), _id: idOf(3, 3), username: '' },
  { ...profileOf(4), _id: idOf(3, 4), username: 'of nobody', tenant: 'nowhere' },
  { ...profileOf(5), _id: idOf(3, 5), username: 'large', attributes: { firstName: 'x'.repeat(420_000) } },
  { ...profileOf(6), _id: 'no id', username: 'odd id' },
];

interface StoredFile {
  readonly file: Document;
  readonly chunks: readonly Document[];
}

function fileOf(at: number, profile: ObjectId, bytes: Buffer, more: Document = {}): StoredFile {
  const _id = idOf(4, at);
  const chunks = Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, n) => ({
    _id: idOf(5, at * 100 + n),
    files_id: _id,
    n: new Int32(n),
    data: new Binary(bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)),
  }));
  const file = {
    _id,
    filename: `/${profile.toHexString()}/avatar`,
    length: Long.fromNumber(bytes.length),
    chunkSize: new Int32(CHUNK_BYTES),
    uploadDate: new Date(0),
    md5: createHash('md5').update(bytes).digest('hex'),
    contentType: 'image/png',
    ...more,
  };
  return { file, chunks };
}

/** An image of several chunks. */
const large = Buffer.concat([png, Buffer.alloc(600 * 1024, 7)]);

function filesOf(profiles: number): readonly StoredFile[] {
  const every = Math.max(1, Math.floor(profiles / 20));
  const whole = Array.from({ length: Math.min(20, profiles) }, (_, at) =>
    fileOf(at, idOf(2, at * every), at % 5 === 0 ? large : png),
  );
  const [lacking, ...rest] = fileOf(51, idOf(2, 0), large, { filename: `/${idOf(2, 0).toHexString()}/lacking` }).chunks;
  const damaged = [
    fileOf(50, idOf(9, 1), png),
    {
      ...fileOf(51, idOf(2, 0), large, { filename: `/${idOf(2, 0).toHexString()}/lacking` }),
      chunks: lacking ? rest : [],
    },
    fileOf(52, idOf(2, 0), png, { filename: `/${idOf(2, 0).toHexString()}/other`, md5: '0'.repeat(32) }),
    fileOf(53, idOf(2, 0), png, { filename: `/${idOf(2, 0).toHexString()}/page`, contentType: 'text/html' }),
    fileOf(54, idOf(2, 0), png, { filename: 'loose' }),
  ];
  return [...whole, ...damaged];
}

/** What an import of the example makes. */
export interface Expected {
  readonly profiles: number;
  readonly attachments: number;
  readonly rejected: number;
}

/** Three tenants, so many profiles and 20 attachments, with records among them that cannot be taken. The password of each profile that has one is "admin". */
export function exampleDump(profiles: number): { readonly collections: Collections; readonly expected: Expected } {
  const files = filesOf(profiles);
  const collections = {
    accesstoken: [
      {
        _id: 'moving-in-token',
        application: 'crm',
        master: true,
        tenantPermissions: [{ tenant: '*', allowedActions: ['*'] }],
      },
    ],
    tenant: names.map(tenantOf),
    profile: [...Array.from({ length: profiles }, (_, at) => profileOf(at)), ...broken],
    ticket: [{ _id: 'left-behind', profileId: idOf(2, 1).toHexString() }],
    'fs.files': files.map(({ file }) => file),
    'fs.chunks': files.flatMap(({ chunks }) => chunks),
  };
  const attachments = Math.min(20, profiles);
  return { collections, expected: { profiles, attachments, rejected: broken.length + files.length - attachments } };
}

/** A collection as mongoexport writes it, which keeps the digits of a long number that is written plainly. */
export const exportedLines = (documents: readonly Document[], { relaxed = true } = {}): string =>
  documents
    .map((document) => `${EJSON.stringify(document, { relaxed })}\n`)
    .join('')
    .replaceAll(/:9007199254740992\b/g, ':9007199254740993');
