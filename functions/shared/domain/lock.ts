import { setting } from '../config/configuration.ts';
import type { Credentials } from './model.ts';

/** How many failed sign-ins in a row lock a profile (contract 6.5). */
export const lockAfter = (): number => setting('delayThreshold') + setting('lockThreshold');

/** Locked for a time after the last counted failure; the counter itself stays, so that the next failure locks again at once. */
export const isLocked = ({ failedLoginAttempts, lastFailedLoginMs }: Credentials): boolean =>
  failedLoginAttempts > 0 &&
  lastFailedLoginMs !== undefined &&
  Date.now() < lastFailedLoginMs + setting('lockMinutes') * 60_000;
