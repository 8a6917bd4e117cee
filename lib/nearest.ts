/** The fewest letters to put in, leave out, change or swap with their neighbour. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const above = rows[row - 1] ?? [];
      const cost = from[row - 1] === to[column - 1] ? 0 : 1;
      const swaps = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = swaps ? (rows[row - 2]?.[column - 2] ?? Infinity) + 1 : Infinity;
      const left = (line[column - 1] ?? 0) + 1;
      line.push(Math.min(left, (above[column] ?? 0) + 1, (above[column - 1] ?? 0) + cost, swapped));
    }
    rows.push(line);
  }
  return rows[from.length]?.[to.length] ?? Infinity;
}

/** Letters alone count: `TICKET_AGE`, `ticket-age` and `ticketAge` are one word. */
const lettersOf = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const LONGEST = 60;

/** The word that somebody most likely meant; undefined where none is near. */
export function nearestOf(word: string, words: readonly string[]): string | undefined {
  const meant = lettersOf(word);
  if (meant === '' || meant.length > LONGEST) return undefined;
  const ranked = words
    .map((candidate) => {
      const letters = lettersOf(candidate);
      const begins = meant.length > 1 && (letters.startsWith(meant) || letters.endsWith(meant));
      return { candidate, far: distance(meant, letters), begins, most: Math.max(1, Math.floor(letters.length / 3)) };
    })
    .filter(({ far, most, begins }) => far <= most || begins)
    .sort((one, other) => one.far - other.far);
  return ranked[0]?.candidate;
}

/** `; did you mean "sweep"?`, or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const nearest = nearestOf(word, words);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
