/** A record that cannot be taken, and why; never with values of it. */
export class Rejected extends Error {
  /** Path of the field in its document, with dots. */
  readonly field: string | undefined;

  constructor(field: string | undefined, reason: string) {
    super(reason);
    this.name = 'Rejected';
    this.field = field;
  }
}
