/** The write, of which the first call comes only after something else happened. */
export function overtakenBy<Parameters extends readonly unknown[], Result>(
  meanwhile: () => Promise<unknown>,
  write: (...parameters: Parameters) => Promise<Result>,
): (...parameters: Parameters) => Promise<Result> {
  let isOvertaken = false;
  return async (...parameters) => {
    if (!isOvertaken) await meanwhile();
    isOvertaken = true;
    return write(...parameters);
  };
}
