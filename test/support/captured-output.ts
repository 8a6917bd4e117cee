/** What the code under test has written since. */
export interface CapturedOutput {
  text(): string;
  /** Its lines of JSON, as a log and metrics have them. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into lines of every shape
  records(): any[];
  release(): void;
}

/** Keeps what is written to both streams for the test to expect. */
export function captureOutput(): CapturedOutput {
  let written = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      written += chunk;
      return true;
    }),
  );
  return {
    text: () => written,
    records: () =>
      written
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line)),
    release: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
