import * as z from 'zod/mini';

/** Epoch milliseconds (contract 1.4). */
export const dateMs = z.int();
