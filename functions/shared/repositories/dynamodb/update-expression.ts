type Clause = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';

/**
 * An update expression, filled clause by clause. The store refuses expressions above 4 KB, so placeholders are short and shared: 250 attributes
 * fit in one (contract 9.1 #54).
 */
export class UpdateExpression {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly #placeholders = new Map<string, string>();
  readonly #clauses: Record<Clause, string[]> = { SET: [], REMOVE: [], ADD: [], DELETE: [] };

  /** The placeholder of an attribute's name. */
  name(attribute: string): string {
    const placeholder = this.#placeholders.get(attribute) ?? `#${this.#placeholders.size.toString(36)}`;
    this.#placeholders.set(attribute, placeholder);
    this.names[placeholder] = attribute;
    return placeholder;
  }

  /** `key` inside of the map `attribute`. */
  path(attribute: string, key: string): string {
    return `${this.name(attribute)}.${this.name(key)}`;
  }

  /** The placeholder of a value. */
  value(value: unknown): string {
    const placeholder = `:${Object.keys(this.values).length.toString(36)}`;
    this.values[placeholder] = value;
    return placeholder;
  }

  set(path: string, value: unknown): void {
    this.#clauses.SET.push(`${path}=${this.value(value)}`);
  }

  remove(path: string): void {
    this.#clauses.REMOVE.push(path);
  }

  increment(attribute: string): void {
    this.#clauses.ADD.push(`${this.name(attribute)} ${this.value(1)}`);
  }

  /** Adds to a set or takes from it; an empty set, which the store refuses, changes nothing. */
  changeSet(clause: 'ADD' | 'DELETE', attribute: string, members: readonly string[] = []): void {
    if (members.length > 0) this.#clauses[clause].push(`${this.name(attribute)} ${this.value(new Set(members))}`);
  }

  toString(): string {
    return Object.entries(this.#clauses)
      .flatMap(([clause, parts]) => (parts.length > 0 ? [`${clause} ${parts.join(',')}`] : []))
      .join(' ');
  }
}
