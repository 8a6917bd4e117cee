/** US dollars: cents below a hundred, whole ones above. */
export function shownUsd(usd: number): string {
  const digits = usd >= 100 ? 0 : 2;
  if (usd > 0 && usd < 0.005) return 'under 0.01';
  return usd.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A number with three digits that count. */
export const shownAmount = (amount: number): string => amount.toLocaleString('en', { maximumSignificantDigits: 3 });

/** A whole number with its thousands. */
export const shownCount = (count: number): string => count.toLocaleString('en', { maximumFractionDigits: 0 });

/** A share in per cent. */
export function shownShare(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return share > 0 && share < 0.5 ? 'under 1 %' : `${share.toFixed(0)} %`;
}
