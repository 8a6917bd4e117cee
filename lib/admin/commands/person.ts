import { typedPath } from '../../command-line.ts';
import { asked, isOnTerminal } from '../../prompt.ts';
import { UsageError } from '../../usage-error.ts';
import type { AdminCommand } from '../admin-command.ts';
import { type OptionValues, whereOptions } from '../command-options.ts';
import { folderOf } from '../installation.ts';
import { awsIdentity, userHere } from '../operator.ts';
import type { Erasure } from '../person/erase-person.ts';
import { useTarget } from '../target.ts';

const who = ['tenant', 'username', 'profile'] as const;
const whoNotes = { profile: 'the profile of this id, in place of tenant and username' };

/** Who is meant. Throws a `UsageError`. */
async function nameOf({ tenant, username, profile }: OptionValues) {
  const { requirePersonName } = await import('../person/named-person.ts');
  const name = { tenant, username, profile };
  requirePersonName(name);
  return name;
}

async function runExport(values: OptionValues): Promise<void> {
  const name = await nameOf(values);
  const { namedPerson } = await import('../person/named-person.ts');
  const { personJson, writeImages } = await import('../person/export-person.ts');
  const { writePrivate } = await import('../../private-file.ts');
  await useTarget(values);
  const person = await namedPerson(name);
  const json = await personJson(person, Date.now());
  if (values.output === undefined) console.log(json);
  else {
    const path = typedPath(values.output);
    writePrivate(path, `${json}\n`);
    console.error(`Written to ${path}.`);
  }
  if (values.attachments === undefined) return;
  const folder = typedPath(values.attachments);
  console.error(`Images written to ${folder}: ${await writeImages(person.stored.id, folder)}.`);
}

/** Asks for the name once more. Throws a `UsageError` where that is another one, or nobody can be asked. */
async function confirm({ profileId, username }: Erasure, given: string | undefined): Promise<void> {
  const expected = username ?? given ?? profileId;
  const what = expected === profileId ? 'its id' : 'the username';
  const answer = await asked(`This erases profile ${profileId} for good. To go on, type ${what} again: `);
  if (answer !== expected.trim()) throw new UsageError(`That is not ${what}: nothing is erased`);
}

async function operatorOf(values: OptionValues): Promise<string> {
  if (folderOf(values) !== undefined) return userHere();
  return awsIdentity().catch(() => `${userHere()}, whose identity AWS did not tell`);
}

async function runErase(values: OptionValues): Promise<void> {
  const name = await nameOf(values);
  const { erase, findErasure } = await import('../person/erase-person.ts');
  const { erasedLines } = await import('../person/erased.ts');
  if (!values.yes && !isOnTerminal())
    throw new UsageError('Nobody can be asked here for the username again: --yes erases without asking');
  await useTarget(values);
  const erasure = await findErasure(name);
  if (!values.yes) await confirm(erasure, values.username);
  const erased = await erase(erasure, await operatorOf(values));
  for (const line of erasedLines(erasure, erased, folderOf(values) !== undefined)) console.log(line);
}

async function runResend(values: OptionValues): Promise<void> {
  const name = await nameOf(values);
  const { namedPerson } = await import('../person/named-person.ts');
  const { resendMail } = await import('../person/resend-mail.ts');
  const { mailSettingsOf } = await import('../person/mail-settings.ts');
  await useTarget(values);
  const settings = await mailSettingsOf(values);
  for (const line of await resendMail(await namedPerson(name), values.url ?? '', settings)) console.log(line);
}

/** What an operator does with what is held on a person. */
export const personCommands: readonly AdminCommand[] = [
  {
    name: 'person export',
    summary: 'show everything that is held on a person, as JSON, without what lets anybody in',
    options: [...who, 'output', 'attachments', ...whereOptions],
    notes: whoNotes,
    run: runExport,
  },
  {
    name: 'person erase',
    summary:
      'erase a person: profile, password, attachments with old versions, sessions and tokens; asks for the username again',
    options: [...who, 'yes', ...whereOptions],
    notes: whoNotes,
    run: runErase,
  },
  {
    name: 'person resend',
    summary: 'send the mail again that asks a new user to confirm the address',
    requires: 'url',
    options: [...who, 'url', ...whereOptions],
    notes: whoNotes,
    run: runResend,
  },
];
