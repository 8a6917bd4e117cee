import { randomBytes } from 'node:crypto';

let processPart: string | undefined;
let counter = 0;

/**
 * A new 24-digit ObjectId: creation second, a random part of this process, a counter that starts anywhere (contract 1.5).
 * Ids that one process makes sort in the order of their making.
 */
export function newObjectId(nowMs: number): string {
  if (processPart === undefined) {
    processPart = randomBytes(5).toString('hex');
    counter = randomBytes(3).readUIntBE(0, 3);
  }
  counter = (counter + 1) % 0x1_00_00_00;
  const second = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, '0');
  return `${second}${processPart}${counter.toString(16).padStart(6, '0')}`;
}

/** Whether the text can be the id of a profile or tenant. */
export const isObjectId = (text: string): boolean => /^[0-9a-fA-F]{24}$/.test(text);

/** When an ObjectId was made, in epoch milliseconds: it begins with the second. */
export const madeAtMsOf = (objectId: string): number => Number.parseInt(objectId.slice(0, 8), 16) * 1000;
