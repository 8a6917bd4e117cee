/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/** A ratio with two decimals. */
export const ratio = (value: number, base: number): string => (value / base).toFixed(2);

/** A Markdown table; after its first columns, one unless told, all are of numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  textColumns = 1,
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column < textColumns ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}
