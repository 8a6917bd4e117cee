import { clearRecordings } from './recordings.ts';

/** Before the run: forgets what an earlier one recorded. */
export default clearRecordings;
