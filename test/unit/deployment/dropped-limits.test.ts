import { droppedLimits } from '../../../lib/deployment/dropped-limits.ts';

const limit = { ThrottlingRateLimit: 25, ThrottlingBurstLimit: 50 };
const templateOf = (RouteSettings?: object) =>
  JSON.stringify({
    Resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x' } },
      Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { StageName: '$default', RouteSettings } },
    },
  });

test('limits of routes that are named no more are told, with what they were', () => {
  const deployed = templateOf({ 'POST /a': limit, 'POST /a.json': limit, 'POST /b': limit });
  expect(droppedLimits(deployed, ['POST /b', 'POST /new'])).toEqual({ 'POST /a': limit, 'POST /a.json': limit });
});

test('where every route stays there is nothing to tell', () => {
  expect(droppedLimits(templateOf({ 'POST /a': limit }), ['POST /a'])).toEqual({});
});

test.each([templateOf(), '{}', '{"Resources":{}}'])('a template without limits drops none: %s', (deployed) => {
  expect(droppedLimits(deployed, [])).toEqual({});
});
