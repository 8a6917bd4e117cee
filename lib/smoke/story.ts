import { randomBytes, randomUUID } from 'node:crypto';

/** What steps make, and later ones need: its id. */
export type Thing = 'profile' | 'otherProfile' | 'ticket' | 'secondTicket' | 'verificationToken' | 'attachment';

const names = {
  profile: 'profile',
  otherProfile: 'other profile',
  ticket: 'ticket',
  secondTicket: 'second ticket',
  verificationToken: 'verification token',
  attachment: 'attachment',
} satisfies Record<Thing, string>;

/** A step needs what an earlier one could not make. */
export class NotMade extends Error {
  override readonly name = 'NotMade';
}

/** SES takes mail to it, from its sandbox too, and delivers it to nobody. */
const SIMULATOR = 'success@simulator.amazonses.com';
const newPassword = () => randomBytes(18).toString('base64url');

/** One run: the names and secrets that it goes by, and what it has made so far. */
export class Story {
  readonly accessTokenId: string = randomUUID();
  readonly tenant = `smoke-${randomBytes(6).toString('hex')}`;
  readonly username = 'mara';
  readonly otherUsername = 'jorn';
  readonly email = SIMULATOR;
  readonly role = 'SMOKE';
  readonly city = 'Turku';
  readonly password = newPassword();
  readonly secondPassword = newPassword();
  readonly thirdPassword = newPassword();
  readonly #made = new Map<Thing, string>();

  keep(thing: Thing, id: string): void {
    this.#made.set(thing, id);
  }

  /** Whether an earlier step has made it. */
  hasMade(thing: Thing): boolean {
    return this.#made.has(thing);
  }

  /** Throws `NotMade`. */
  idOf(thing: Thing): string {
    const id = this.#made.get(thing);
    if (id === undefined) throw new NotMade(`there is no ${names[thing]}`);
    return id;
  }

  /** A text as it may be shown: without anything that lets somebody in. */
  redacted(text: string): string {
    const { accessTokenId, password, secondPassword, thirdPassword } = this;
    const made = [...this.#made].flatMap(([thing, id]) => (/profile|attachment/i.test(thing) ? [] : [id]));
    const secrets = [accessTokenId, password, secondPassword, thirdPassword, ...made];
    return secrets.reduce((shown, secret) => shown.replaceAll(secret, '…'), text);
  }
}
