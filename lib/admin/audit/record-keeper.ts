import { randomUUID } from 'node:crypto';
import { appendRecord } from '../../local/audit-file.ts';
import { findRunningStack } from '../../local/running-stack.ts';
import { functionLogOf } from '../../log-groups.ts';
import { messageOf } from '../../system-errors.ts';
import { folderOf, type Installation } from '../installation.ts';
import { awsIdentity, userHere } from '../operator.ts';

/** Keeps records where the trail of an installation is. */
export interface RecordKeeper {
  /** Rejects where it cannot be kept. */
  keep(record: object): Promise<void>;
}

function fileKeeper(directory: string): RecordKeeper {
  const operator = userHere();
  return {
    keep: async (record) => {
      if (findRunningStack(directory)?.keepsNothing) return;
      appendRecord(directory, { ...record, operator });
    },
  };
}

/** The log of a stage, in a stream of this process. Loaded for a command that changed something, and for no other. */
async function openLog(logGroupName: string) {
  const { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } = await import(
    '@aws-sdk/client-cloudwatch-logs'
  );
  const operator = await awsIdentity();
  const client = new CloudWatchLogsClient();
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  const logStreamName = `${day}/admin/${randomUUID()}`;
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  return async (record: object) => {
    const message = JSON.stringify({ level: 'INFO', message: 'Audit', ...record, operator });
    const logEvents = [{ timestamp: Date.now(), message }];
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  };
}

function logKeeper(logGroupName: string): RecordKeeper {
  let log: ReturnType<typeof openLog> | undefined;
  return {
    keep: async (record) => {
      try {
        log ??= openLog(logGroupName);
        await (await log)(record);
      } catch (fault) {
        throw new Error(`log group ${logGroupName}: ${messageOf(fault)}`);
      }
    },
  };
}

/** Keeps what an operator does: in the log of a stage with the AWS identity that does it, or in the file of a local stack with the user of this machine. */
export function recordKeeper(installation: Installation): RecordKeeper {
  const folder = folderOf(installation);
  return folder === undefined ? logKeeper(functionLogOf(installation.stage)) : fileKeeper(folder);
}
