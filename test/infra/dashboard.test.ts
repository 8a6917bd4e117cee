import { metricNames } from '../../functions/shared/config/metrics.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { pascal } from '../../lib/needs.ts';
import { environmentOf, type Json, resourcesOf } from './environment.ts';

const { api } = environmentOf('production');

/** A text with what CloudFormation fills in as `<name>`. */
function joined(value: Json): string {
  if (typeof value === 'string') return value;
  return value['Fn::Join'] ? value['Fn::Join'][1].map(joined).join('') : `<${Object.values(value)[0]}>`;
}

const { DashboardName, DashboardBody } = api.Resources.Dashboard?.Properties ?? {};
const body = joined(DashboardBody);
const widgets: readonly Json[] = JSON.parse(body).widgets;
const metricsOf = (title: string): readonly Json[] =>
  widgets.find(({ properties }) => properties.title.startsWith(title))?.properties.metrics ?? [];
const optionsOf = (metric: Json) => metric.at(-1);
const groups = ['tenant', 'profile', 'authentication', 'access_token', 'monitoring'];

test('there is one for each stage and region, which says what it shows', () => {
  expect(joined(DashboardName)).toBe('ServerlessProfile-production-<AWS::Region>');
  expect(widgets.map(({ properties }) => properties.title)).toEqual([
    'Requests by group',
    'Answers of 5xx by group',
    'Answers of 4xx and 5xx',
    'Time in ms, p50 (medians of the functions, by their calls)',
    'Time in ms, p99 (of the slowest function)',
    'Time in ms, gateway included, of all requests',
    'Sign-ins',
    'Mails',
    'Password resets',
    'Capacity consumed',
    'Throttled',
    'Open changes: age in seconds',
    'Profiles that wait for a refused mail',
  ]);
});

test.each(['Requests by group', 'Time in ms, p50', 'Time in ms, p99'])(
  '%s has a line for each group, and every function of an endpoint in one of them',
  (title) => {
    const metrics = metricsOf(title);
    const shown = metrics.filter((metric) => optionsOf(metric).visible !== false);
    expect(shown.map((metric) => optionsOf(metric).label).sort()).toEqual([...groups].sort());
    const functions = metrics.flatMap(([, , , name]) => (name === undefined ? [] : [name]));
    const expected = endpoints.map(({ contract }) => `<${pascal(contract.operationId)}Function>`);
    expect([...new Set(functions)].sort()).toEqual(expected.sort());
  },
);

test('no id stands for two figures of a graph, and each that an expression names is there', () => {
  for (const { properties } of widgets) {
    const ids: readonly string[] = properties.metrics.flatMap((metric: Json) => optionsOf(metric).id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { expression = '' } of properties.metrics.map(optionsOf))
      for (const id of String(expression).match(/\b[a-z]\w*/g) ?? []) expect(ids).toContain(id);
  }
});

test('no expression is longer than CloudWatch takes', () => {
  const expressions = widgets.flatMap(({ properties }) =>
    properties.metrics.flatMap((metric: Json) => optionsOf(metric).expression ?? []),
  );
  expect(expressions.length).toBeGreaterThan(3 * groups.length);
  for (const expression of expressions) expect(expression.length).toBeLessThan(1024);
});

test('metrics of this product are such as functions publish, of this stage, or counted from the access log', () => {
  const filters = resourcesOf(api, 'AWS::Logs::MetricFilter').flatMap(([, { Properties }]) =>
    Properties.MetricTransformations.map(({ MetricName }: Json) => MetricName),
  );
  const ours = widgets.flatMap(({ properties }) =>
    properties.metrics.filter(([namespace]: Json) => namespace === 'ServerlessProfile'),
  );
  for (const [, name, dimension, value] of ours)
    if (dimension === 'stage') expect([metricNames.includes(name), value]).toEqual([true, 'production']);
    else expect(filters).toContain(name);
  expect(ours).toHaveLength(groups.length + 9);
});
