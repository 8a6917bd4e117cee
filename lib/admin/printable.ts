/** A text that a stranger has chosen, for a terminal: without what that would act on. */
export const printable = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
