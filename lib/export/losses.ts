/** What an export cannot give back. */
export type Loss = 'renewed password' | 'attribute' | 'definition' | 'attachment';

/** How often something was left out. */
export class Losses {
  readonly #counts = new Map<Loss, number>();

  count(loss: Loss, by = 1): void {
    this.#counts.set(loss, this.of(loss) + by);
  }

  of(loss: Loss): number {
    return this.#counts.get(loss) ?? 0;
  }

  add(others: Losses): void {
    for (const [loss, count] of others.#counts) this.count(loss, count);
  }
}
