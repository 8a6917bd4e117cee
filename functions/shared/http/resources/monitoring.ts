import * as z from 'zod/mini';

const bytes = z.int();

/** Contract 2.9: figures of this function, under the names of the server that we replace. */
export const memoryResource = z.object({
  totalJvmMemory: bytes,
  freeJvmMemory: bytes,
  maxJvmMemory: bytes,
  totalOsMemory: bytes,
  freeOsMemory: bytes,
  totalSwapMemory: bytes,
  freeSwapMemory: bytes,
});

/** Contract 2.9: `uptime` in whole seconds, `startup` in ISO-8601. */
export const statusResource = z.object({ uptime: z.int(), startup: z.string() });

/** Contract 2.9: the `java…` fields describe the runtime. */
export const versionResource = z.object({
  packageName: z.string(),
  packageVersion: z.string(),
  packageBuild: z.string(),
  packageBuildDate: z.string(),
  osName: z.string(),
  osVersion: z.string(),
  osArch: z.string(),
  javaVersion: z.string(),
  javaVendor: z.string(),
  javaVm: z.string(),
});
