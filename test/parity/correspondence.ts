import type { JsonValue } from '../../functions/shared/domain/values/json.ts';

const idPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])/gi;
const idsIn = (text: string): readonly string[] => text.match(idPattern) ?? [];

/** Which id of this run stands for which recorded one, learnt from the answers as they come (exchanges' README). */
export class Correspondence {
  readonly #ours = new Map<string, string>();
  readonly #taken = new Map<string, string>();

  /** Walks both values side by side; each recorded id that is met for the first time is bound to the id in its place. */
  learn(recorded: JsonValue | undefined, ours: JsonValue | undefined): void {
    if (typeof recorded === 'string' && typeof ours === 'string') {
      const [theirIds, ourIds] = [idsIn(recorded), idsIn(ours)];
      if (theirIds.length !== ourIds.length) return;
      for (const [at, id] of theirIds.entries()) this.#bind(id, ourIds[at] ?? id);
    } else if (Array.isArray(recorded) && Array.isArray(ours)) {
      for (const [at, value] of recorded.entries()) this.learn(value, ours[at]);
    } else if (recorded !== null && typeof recorded === 'object' && ours !== null && typeof ours === 'object') {
      const theirs = new Map(Object.entries(ours));
      for (const [key, value] of Object.entries(recorded)) this.learn(value, theirs.get(key));
    }
  }

  /** One recorded id each for one of ours: a second claim is left unbound and shows up as a difference. */
  #bind(recorded: string, ours: string): void {
    if (this.#ours.has(recorded) || this.#taken.has(ours)) return;
    this.#ours.set(recorded, ours);
    this.#taken.set(ours, recorded);
  }

  /**
   * The text with our ids in place of the recorded ones; those never seen in an answer stay. Whatever stands next to an id, a percent-escape
   * for example, does not matter.
   */
  translate(text: string): string {
    const lower = text.toLowerCase();
    let translated = text;
    for (const [recorded, ours] of this.#ours) {
      if (!lower.includes(recorded)) continue;
      translated = translated.replaceAll(recorded, ours).replaceAll(recorded.toUpperCase(), ours.toUpperCase());
    }
    return translated;
  }

  translateValue(value: JsonValue): JsonValue {
    if (typeof value === 'string') return this.translate(value);
    if (Array.isArray(value)) return value.map((element) => this.translateValue(element));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.translateValue(inner)]));
  }
}
