import { type Case, type Fault, plan } from './case.ts';
import { storeCases } from './cases.ts';
import type { StoreFaults, StoreUnderTest } from './store.ts';

/** Rejects where the store does not do as promised, or where the fault did not happen. */
async function keepsItsPromise({ store, faults }: StoreUnderTest, one: Case, fault: Fault): Promise<void> {
  const { call, answer, held, holds } = await one.prepare(store);
  const before = faults.injected();
  plan(faults, fault);
  expect(await call()).toEqual(answer);
  expect(faults.injected() > before).toBe(fault !== 'nothing');
  faults.reset();
  if (held) expect(await held()).toEqual(holds);
}

const rows = storeCases.flatMap((one) =>
  one.faults.map((fault) => ({ intent: one.intent, when: one.when, fault, one })),
);
const kinds = new Set(rows.map(({ fault }) => fault));
kinds.delete('nothing');

/** Makes nothing happen. */
const harmless = (faults: StoreFaults): StoreFaults => ({
  ...faults,
  conflictOnce: () => undefined,
  throttleOnce: () => undefined,
  loseAnswers: () => undefined,
  cutNextBatch: () => undefined,
});

/**
 * Holds a store to what its intents promise: each case under each of its faults. A fault that did not happen fails its test, and so does a run in which
 * one kind never did.
 */
export function describeStore(start: () => Promise<StoreUnderTest>): void {
  const happened = new Set<Fault>();
  let subject: StoreUnderTest;
  beforeAll(async () => {
    subject = await start();
  });
  afterEach(() => subject.faults.reset());
  afterAll(() => subject.stop());

  test('every intent has its cases', () => {
    expect(new Set(storeCases.map(({ intent }) => intent))).toEqual(new Set(Object.keys(subject.store)));
  });

  test.each([...kinds])('a run in which no %s happened would fail', async (kind) => {
    const row = rows.find(({ fault }) => fault === kind);
    if (row === undefined) throw new Error(`No case with ${kind}`);
    const run = keepsItsPromise({ ...subject, faults: harmless(subject.faults) }, row.one, kind);
    await expect(run).rejects.toThrow('Expected: true');
  });

  test.each(rows)('$intent, $when, with $fault', async ({ one, fault }) => {
    await keepsItsPromise(subject, one, fault);
    happened.add(fault);
  });

  test('every kind of fault has happened', () => {
    for (const kind of kinds) expect(happened).toContain(kind);
  });
}
