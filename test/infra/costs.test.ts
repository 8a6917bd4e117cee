import { basis } from '../../bench/costs/page.ts';
import { memoryOf } from '../../lib/constructs/endpoint-function.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { environmentOf, resourcesOf } from './environment.ts';

test('the page of costs reckons with the memory of the functions, and with all alarms', () => {
  for (const { contract } of endpoints)
    expect(basis.measured.calls[contract.operationId]?.memoryMb).toBe(memoryOf(contract));
  const { api } = environmentOf('dev');
  expect(resourcesOf(api, 'AWS::CloudWatch::Alarm')).toHaveLength(basis.usage.assumptions.alarms.value);
});
