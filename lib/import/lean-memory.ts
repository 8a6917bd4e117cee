import { setFlagsFromString } from 'node:v8';

/**
 * Has what is of no use any more taken away early. An import makes a lot that is of use for a moment; left alone, the engine of JavaScript lets hundreds of megabytes
 * of that gather, however little is in use, as long as the machine has memory.
 */
export function keepMemoryLean(): void {
  // What is new has as little room as at the beginning, in place of sixteen times as much.
  setFlagsFromString('--semi-space-growth-factor=1');
  // What has become old may grow by half until it is looked through.
  setFlagsFromString('--heap-growing-percent=50');
}
