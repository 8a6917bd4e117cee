import { Metrics } from '@aws-lambda-powertools/metrics';
import { describeError, log } from '../config/logger.ts';
import { type Mail, sendMail } from './send.ts';

/** Sends a mail whose failure must not undo what was done: it is logged and counted instead (contract 9.1 #5). */
export async function sendMailOrReport(mail: Mail): Promise<void> {
  try {
    await sendMail(mail);
  } catch (refused) {
    log().error('Mail was not accepted', { error: describeError(refused) });
    const metrics = new Metrics({ namespace: 'ServerlessProfile', serviceName: 'serverless-profile' });
    metrics.addMetric('MailFailed', 'Count', 1);
    metrics.publishStoredMetrics();
  }
}
