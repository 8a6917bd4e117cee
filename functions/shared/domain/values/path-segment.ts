import { assertThat, invalidRequest } from '../../errors/api-error.ts';

/** What ends a segment even where it is escaped, or means something else on the way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const UNCARRIED = /[/?#\u0000-\u001f\u007f]|^\.{0,2}$/;

/** Whether a segment of a path carries the text as it is, whatever lies between client and function (contract 9.1 #54). */
export const isPathSegment = (text: string): boolean => !UNCARRIED.test(text);

/** 400 `OTHER` for what is to name a thing in a path and cannot; `what` names it in the error. */
export function requirePathSegment(text: string, what: string): void {
  assertThat(isPathSegment(text), () =>
    invalidRequest(`${what} must not be empty, "." or "..", or contain "/", "?", "#" or control characters`),
  );
}
