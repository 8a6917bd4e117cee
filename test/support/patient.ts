import type { Patient } from '../../lib/admin/doctor/check.ts';
import { optionsFrom } from '../../lib/options.ts';

/** An installation for checks that look at no stack: its tables are those of this process. */
export const patientWith = (settings: Readonly<Record<string, unknown>>, partial: Partial<Patient> = {}): Patient => ({
  stage: 'production',
  where: '--stage production',
  isLocal: false,
  nowMs: Date.parse('2026-03-01T00:00:00Z'),
  options: () => optionsFrom((key) => settings[key]),
  stacks: () => Promise.reject(new Error('not deployed')),
  record: () => Promise.reject(new Error('not deployed')),
  useTables: () => Promise.resolve(),
  ...partial,
});
