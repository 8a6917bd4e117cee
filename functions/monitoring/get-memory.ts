import { freemem, totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { contractOf } from '../shared/http/contract.ts';
import { managementEndpoint, managementParameters, managementSettings } from '../shared/http/management-endpoint.ts';
import { memoryResource } from '../shared/http/resources/monitoring.ts';

export const contract = contractOf({
  operationId: 'getMemory',
  summary: 'Memory of the function',
  section: '5.57',
  method: 'GET',
  path: '/monitoring/memory',
  authorisation: 'managementToken',
  parameters: managementParameters,
  response: memoryResource,
  errors: [],
  settings: managementSettings,
});

export function handle() {
  const heap = getHeapStatistics();
  return {
    totalJvmMemory: heap.total_heap_size,
    freeJvmMemory: heap.total_heap_size - heap.used_heap_size,
    maxJvmMemory: heap.heap_size_limit,
    totalOsMemory: totalmem(),
    freeOsMemory: freemem(),
    totalSwapMemory: 0,
    freeSwapMemory: 0,
  };
}

export const handler = managementEndpoint(contract, handle);
