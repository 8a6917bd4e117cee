const quantifiers = new Set('*+?{');
const metacharacters = new Set('.[]()}^$');
/** A letter or digit behind a backslash has a meaning of its own. */
const isPunctuation = (character: string | undefined): character is string =>
  character !== undefined && /^[!-/:-@[-`{-~]$/.test(character);

/**
 * What every text begins with that the regular expression matches, as far as that can be told for sure; undefined where that is nothing. Shorter than
 * it could be does no harm: whatever begins so is matched again.
 */
export function literalPrefixOf(source: string, options: string): string | undefined {
  if (!source.startsWith('^') || source.includes('|') || /[im]/.test(options)) return undefined;
  const characters = [...source].slice(1);
  const literal: string[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    // The last one may be there, or not.
    if (quantifiers.has(character)) literal.pop();
    if (quantifiers.has(character) || metacharacters.has(character)) break;
    if (character !== '\\') {
      literal.push(character);
      continue;
    }
    at += 1;
    const escaped = characters[at];
    if (!isPunctuation(escaped)) break;
    literal.push(escaped);
  }
  return literal.join('') || undefined;
}
