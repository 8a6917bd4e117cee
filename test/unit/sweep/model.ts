import type { JsonValue } from '../../../functions/shared/domain/values/json.ts';

/** What clients may do at the same time. Names are few, so that they meet. */
export type Operation =
  | { readonly type: 'removeRole'; readonly role: string }
  | { readonly type: 'define'; readonly name: string; readonly defaultValue: JsonValue; readonly indexed: boolean }
  | { readonly type: 'index'; readonly name: string; readonly indexed: boolean }
  | { readonly type: 'undefine'; readonly name: string }
  | { readonly type: 'addRole'; readonly role: string }
  | { readonly type: 'set'; readonly name: string; readonly value: JsonValue }
  | { readonly type: 'unset'; readonly name: string }
  | { readonly type: 'create'; readonly id: string; readonly role: string; readonly name: string }
  | { readonly type: 'look'; readonly id: string }
  | { readonly type: 'read'; readonly id: string };

export interface State {
  readonly definitions: Readonly<Record<string, JsonValue>>;
  readonly profiles: Readonly<
    Record<string, { roles: readonly string[]; attributes: Readonly<Record<string, JsonValue>> }>
  >;
}

type Content = State['profiles'][string];

/** Comparable by JSON. */
export const canonical = ({
  roles,
  attributes,
}: {
  readonly roles: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}) => JSON.stringify([[...roles].sort(), Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))]);

const without = <Value>(record: Readonly<Record<string, Value>>, name: string) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
const defaultsOf = (definitions: State['definitions']) =>
  Object.fromEntries(Object.entries(definitions).filter(([, value]) => value !== null));
const each = (state: State, change: (content: Content) => Content): State => ({
  ...state,
  profiles: Object.fromEntries(Object.entries(state.profiles).map(([id, content]) => [id, change(content)])),
});
const edit = (state: State, change: (content: Content) => Content): State => ({
  ...state,
  profiles: Object.fromEntries(
    Object.entries(state.profiles).map(([id, content]) => [id, id === 'p' ? change(content) : content]),
  ),
});

const profileOf = ({ profiles: { p } }: State): Content => p ?? { roles: [], attributes: {} };

/** The API as if everything happened one after the other and at once: next state and answer. */
export function apply(state: State, operation: Operation): readonly [State, string] {
  const refused = [state, 'ATTRIBUTE_NOT_DEFINED'] as const;
  switch (operation.type) {
    case 'removeRole':
      return [each(state, (p) => ({ ...p, roles: p.roles.filter((role) => role !== operation.role) })), 'ok'];
    case 'define': {
      const definitions = { [operation.name]: operation.defaultValue, ...state.definitions };
      const spread = (p: Content) => ({ ...p, attributes: { ...defaultsOf(definitions), ...p.attributes } });
      return [{ ...each(state, spread), definitions }, 'ok'];
    }
    case 'index':
      if (!Object.hasOwn(state.definitions, operation.name)) return [state, 'ok'];
      return [{ ...state, definitions: { ...state.definitions, [operation.name]: null } }, 'ok'];
    case 'undefine': {
      const definitions = without(state.definitions, operation.name);
      return [
        { ...each(state, (p) => ({ ...p, attributes: without(p.attributes, operation.name) })), definitions },
        'ok',
      ];
    }
    case 'addRole':
      return [edit(state, (p) => ({ ...p, roles: [...new Set([...p.roles, operation.role])] })), 'ok'];
    case 'set':
      if (!Object.hasOwn(state.definitions, operation.name)) return refused;
      return [edit(state, (p) => ({ ...p, attributes: { ...p.attributes, [operation.name]: operation.value } })), 'ok'];
    case 'unset':
      if (!Object.hasOwn(state.definitions, operation.name)) return refused;
      return [edit(state, (p) => ({ ...p, attributes: without(p.attributes, operation.name) })), 'ok'];
    case 'create': {
      if (!Object.hasOwn(state.definitions, operation.name)) return refused;
      const attributes = { ...defaultsOf(state.definitions), [operation.name]: 'created' };
      return [
        { ...state, profiles: { ...state.profiles, [operation.id]: { roles: [operation.role], attributes } } },
        'ok',
      ];
    }
    // A read takes the profile first and the tenant then: what the tenant takes away in between goes, what the profile gets is not seen.
    case 'look':
      return [{ ...state, profiles: { ...state.profiles, [operation.id]: profileOf(state) } }, 'ok'];
    case 'read': {
      const content = state.profiles[operation.id];
      return [
        { ...state, profiles: without(state.profiles, operation.id) },
        content === undefined ? 'not looked yet' : canonical(content),
      ];
    }
  }
}

export interface Observed {
  readonly operation: Operation;
  readonly answer: string;
  /** When it began and ended, by a common counter. */
  readonly from: number;
  readonly to: number;
}

/** Whether one order of the operations, each at some moment between its begin and its end, gives all the answers and this end. */
export function isSequential(state: State, open: readonly Observed[], end: (state: State) => boolean): boolean {
  if (open.length === 0) return end(state);
  return open.some((candidate) => {
    if (open.some((other) => other.to < candidate.from)) return false;
    const [next, answer] = apply(state, candidate.operation);
    if (answer !== candidate.answer) return false;
    return isSequential(
      next,
      open.filter((other) => other !== candidate),
      end,
    );
  });
}
