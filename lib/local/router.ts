/** A route that a request matches. */
export interface RouteMatch<Target> {
  readonly routeKey: string;
  readonly target: Target;
  /** Absent where the route has no variables, as in the event. */
  readonly pathParameters?: Readonly<Record<string, string>>;
}

export type Router<Target> = (method: string, decodedPath: string) => RouteMatch<Target> | undefined;

interface CompiledRoute<Target> {
  readonly routeKey: string;
  readonly target: Target;
  readonly pattern: RegExp;
  /** A digit for each segment: literals sort before variables, and these before greedy ones. */
  readonly rank: string;
}

const escaped = (literal: string) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A variable is a segment of at least a character; a greedy one is all that follows the slash, which may be nothing. */
function segmentPattern(segment: string): string {
  const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(segment) ?? [];
  if (name === undefined) return escaped(segment);
  return greedy === '+' ? `(?<${name}>[^]*)` : `(?<${name}>[^/]+)`;
}

function rankOf(segment: string): string {
  if (segment.endsWith('+}')) return '2';
  return segment.startsWith('{') ? '1' : '0';
}

function compile<Target>([routeKey, target]: readonly [string, Target]): CompiledRoute<Target> {
  const segments = routeKey.slice(routeKey.indexOf(' ') + 1).split('/');
  return {
    routeKey,
    target,
    pattern: new RegExp(`^${segments.map(segmentPattern).join('/')}$`),
    rank: segments.map(rankOf).join(''),
  };
}

/** Matches as API Gateway does: method and path together, a literal before a variable, a greedy one last, no trailing slash forgiven. */
export function routerOf<Target>(routes: Iterable<readonly [routeKey: string, target: Target]>): Router<Target> {
  const byMethod = new Map<string, CompiledRoute<Target>[]>();
  for (const route of [...routes].map(compile)) {
    const method = route.routeKey.slice(0, route.routeKey.indexOf(' '));
    byMethod.set(method, [...(byMethod.get(method) ?? []), route]);
  }
  for (const compiled of byMethod.values()) compiled.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return (method, path) => {
    for (const { routeKey, target, pattern } of byMethod.get(method) ?? []) {
      const found = pattern.exec(path);
      if (found !== null) return { routeKey, target, ...(found.groups && { pathParameters: { ...found.groups } }) };
    }
    return undefined;
  };
}
