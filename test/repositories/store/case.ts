import type { Store, StoreFaults } from './store.ts';

/** What may go wrong while an intent is carried out. */
export type Fault = 'nothing' | 'conflict' | 'throttling' | 'lost answers' | 'a cut batch';

/** A call in a situation that is made, and what is promised of it. */
export interface Situation {
  call(): Promise<unknown>;
  readonly answer: unknown;
  /** What the store holds then, as its own intents tell. */
  held?(): Promise<unknown>;
  readonly holds?: unknown;
}

/** One promise of an intent, which holds under each of the faults. */
export interface Case {
  readonly intent: keyof Store;
  /** The situation in words. */
  readonly when: string;
  readonly faults: readonly Fault[];
  prepare(store: Store): Promise<Situation>;
}

const casesWith =
  (...faults: readonly Fault[]) =>
  (intent: keyof Store, when: string, prepare: Case['prepare']): Case => ({
    intent,
    when,
    faults: ['nothing', ...faults],
    prepare,
  });

/** A write to what others may be writing to, too. */
export const write = casesWith('conflict', 'throttling', 'lost answers');
/** A write under a fresh random id, where no other can be. */
export const freshWrite = casesWith('throttling', 'lost answers');
export const read = casesWith('throttling');
/** A read of several at once. */
export const batchRead = casesWith('throttling', 'a cut batch');
/** A call that needs no service, or one for which no faults can be made. */
export const unharmed = casesWith();

/** Makes the fault happen in what follows. */
export function plan(faults: StoreFaults, fault: Fault): void {
  if (fault === 'conflict') faults.conflictOnce();
  if (fault === 'throttling') faults.throttleOnce();
  if (fault === 'lost answers') faults.loseAnswers();
  if (fault === 'a cut batch') faults.cutNextBatch();
}
