import { readFileSync } from 'node:fs';

/** The wire contract, beside the document. */
export const CONTRACT = 'docs/api-contract.md';

/** The anchor that Markdown viewers give a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const headings = readFileSync(CONTRACT, 'utf8')
  .split('\n')
  .flatMap((line) => /^#{2,4} (\d.*)$/.exec(line)?.[1] ?? []);

/** Where a section of the contract stands, relative to `openapi.json`. Throws where there is none, so that no link leads nowhere. */
export function sectionUrl(section: string): string {
  const numbers = (heading: string): readonly string[] => heading.match(/\b\d+(?:\.\d+)+\b/g) ?? [];
  const heading = headings.find((one) => numbers(one).includes(section));
  if (heading === undefined) throw new Error(`The contract has no section ${section}`);
  return `${CONTRACT}#${anchorOf(heading)}`;
}
