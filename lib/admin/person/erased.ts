import type { Erased, Erasure } from './erase-person.ts';

/** As long as the tables can be restored to. */
const RECOVERY_MS = 35 * 86_400_000;

const dayOf = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10);

function backupLines(endedAtMs: number, isLocal: boolean): readonly string[] {
  if (isLocal) return ['A local stack has no backups.'];
  return [
    `The tables can be restored to moments at which the data were there until ${dayOf(endedAtMs + RECOVERY_MS)}; of attachments nothing is held, old versions included. Backups that you have made yourself hold what they hold.`,
  ];
}

/** What an erasure has come to, for a person, a line each. */
export function erasedLines(
  erasure: Erasure,
  { receipt, sessions, versions }: Erased,
  isLocal: boolean,
): readonly string[] {
  const { profileId, open, namesake } = erasure;
  const { endedAtMs = receipt.beganAtMs } = receipt;
  return [
    ...(open === undefined
      ? []
      : [`An erasure that was cut short is ended: it began on ${new Date(open.beganAtMs).toISOString()}.`]),
    `Profile ${profileId} is erased, with its password, index entries and attachments. Sessions and tokens: ${sessions}. Old versions of attachments: ${versions}.`,
    ...backupLines(endedAtMs, isLocal),
    'The receipt is in the bucket of attachments, under receipts/done.',
    ...(namesake === undefined
      ? []
      : [`Another profile has the username by now and is as it was: --profile ${namesake} erases that.`]),
  ];
}
