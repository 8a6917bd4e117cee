/** What ECMAScript 2026 adds to JSON, to read and write numbers by their source text; the compiler's library lacks it so far. */
interface JSON {
  /** What `stringify` writes as the text, which must be that of a scalar. */
  rawJSON(text: string): unknown;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): ReturnType<typeof JSON.parse>;
}
