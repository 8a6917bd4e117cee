import { clearOnceARun } from './once-a-run.ts';
import { clearRecordings } from './recordings.ts';

/** Before the run: forgets what an earlier one recorded and made. */
export default function start(): void {
  clearRecordings();
  clearOnceARun();
}
