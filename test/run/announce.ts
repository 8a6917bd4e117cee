/** What a run is announced with. */
interface Announcement {
  /** What all of its files took on two quiet cores when that was last measured. */
  readonly measuredSeconds: number;
  /** What else there is. */
  readonly besides: string;
}

const inWords = (seconds: number) => (seconds < 90 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`);

/** What a run says before its first test: how much there is, and about how long it takes. */
export const announcementOf = (files: number, { measuredSeconds, besides }: Announcement): string =>
  `${files} files of tests, about ${inWords(measuredSeconds)} on two quiet cores; ${besides}`;

/** Says it, unless files were picked. */
export default class Announcer {
  readonly #isWhole: boolean;
  readonly #announcement: Announcement;

  constructor(
    { testPathPatterns }: { readonly testPathPatterns: { readonly patterns: readonly string[] } },
    announcement: Announcement,
  ) {
    this.#isWhole = testPathPatterns.patterns.length === 0;
    this.#announcement = announcement;
  }

  onRunStart({ numTotalTestSuites }: { readonly numTotalTestSuites: number }): void {
    if (this.#isWhole) console.error(announcementOf(numTotalTestSuites, this.#announcement));
  }
}
