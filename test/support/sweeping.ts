import { type SweepDependencies, sweepTenants } from '../../functions/shared/domain/sweep/sweep.ts';
import { sweepDependencies } from '../../functions/sweep-tenants.ts';
import { asSweepWorker } from './recorded-calls.ts';

/** What a killed worker ends with. */
export class Killed extends Error {}

/** Real storage, no attachments, no waiting. */
export const eagerSweep: SweepDependencies = {
  ...sweepDependencies,
  deleteAttachmentsOf: async () => undefined,
  quietMs: 0,
  entryPaceMs: 0,
};

/** Works off all open sweeps. */
export const sweepAll = (deps: Partial<SweepDependencies> = {}, remainingMs = () => 900_000) =>
  asSweepWorker(() => sweepTenants({ ...eagerSweep, ...deps }, remainingMs));

/** A worker that ends at its n-th call of the named kinds, as a killed process does: that call and all later ones never happen. */
export function killedAt(n: number, names: readonly (keyof SweepDependencies)[]): Partial<SweepDependencies> {
  let count = 0;
  const deadly =
    <Parameters extends readonly unknown[], Result>(call: (...parameters: Parameters) => Promise<Result>) =>
    async (...parameters: Parameters): Promise<Result> => {
      if (++count >= n) throw new Killed();
      return call(...parameters);
    };
  const calls = {
    settleProfile: deadly(eagerSweep.settleProfile),
    saveSweep: deadly(eagerSweep.saveSweep),
    endSettling: deadly(eagerSweep.endSettling),
    closeSweep: deadly(eagerSweep.closeSweep),
    buryOrphan: deadly(eagerSweep.buryOrphan),
    deleteAttachmentsOf: deadly(eagerSweep.deleteAttachmentsOf),
    deleteTombstone: deadly(eagerSweep.deleteTombstone),
    deleteEntry: deadly(eagerSweep.deleteEntry),
  };
  return Object.fromEntries(Object.entries(calls).filter(([name]) => names.some((wanted) => wanted === name)));
}
