/** Largest answer that is made at all (contract 9.1 #53); what a function can send may be less. */
export const ANSWER_LIMIT_BYTES = 5_500_000;
