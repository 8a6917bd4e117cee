const KIB = 1024;

/**
 * Objects and lists in one another, the document's own among them. An attribute may be 100 deep (contract 9.1 #54), and lies in a document's
 * `attributes`: the two levels above it are granted, so that what we exported is read again.
 */
export const DEPTH_LIMIT = 102;

/** Bytes of one JSON document. */
export const JSON_LIMIT = 64 * KIB * KIB;

/** Bytes of one BSON document: what the database itself stores, and what it grants to its own tools above that. */
export const BSON_LIMIT = 16 * KIB * KIB + 16 * KIB;

/** Bytes that a packed file may have when it is unpacked: a small one can be made to unpack without an end. */
export const UNPACKED_LIMIT = 64 * KIB ** 3;

/** Files of a folder or an archive, and how long the name of one may be. */
export const FILES_LIMIT = 100_000;
export const NAME_LIMIT = 1024;

/** Folders in one another. */
export const FOLDERS_LIMIT = 8;
