import { CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { stageFile } from '../../../deployment/stage-file.ts';
import { allOf, type Check, type Finding, failed, ok, type Patient, warning } from '../check.ts';

/** Lambda gives a new account ten calls at once: less than one page of an application takes. */
const FEW_CALLS_AT_ONCE = 100;
/** API Gateway's requests a second of an account, by its code among the quotas. */
const API_QUOTA = { ServiceCode: 'apigateway', QuotaCode: 'L-8A5B8E43' };

async function alarmsOf(patient: Patient): Promise<readonly MetricAlarm[]> {
  const { api } = await patient.stacks();
  const pages = paginateDescribeAlarms({ client: new CloudWatchClient() }, { AlarmNamePrefix: `${api.name}-` });
  const alarms: MetricAlarm[] = [];
  for await (const { MetricAlarms = [] } of pages) alarms.push(...MetricAlarms);
  return alarms;
}

const nameOf = ({ AlarmName = '' }: MetricAlarm) => AlarmName.replace(/^ServerlessProfile-.*-Api-/, '');

const alarms: Check = {
  name: 'alarms',
  only: 'deployed',
  look: async (patient) => {
    const all = await alarmsOf(patient);
    if (all.length === 0) return failed('there are none', 'deploy again');
    const red = all.filter(({ StateValue }) => StateValue === 'ALARM');
    return allOf(
      red.map((alarm) => failed(`${nameOf(alarm)} is red`, alarm.AlarmDescription ?? 'see docs/operating.md')),
      `${all.length}, none of them red`,
    );
  },
};

async function confirmedOn(TopicArn: string): Promise<readonly string[]> {
  const confirmed: string[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
    { client: new SNSClient() },
    { TopicArn },
  ))
    for (const { SubscriptionArn = '', Endpoint = '' } of Subscriptions)
      if (SubscriptionArn.startsWith('arn:')) confirmed.push(Endpoint);
  return confirmed;
}

const subscriber: Check = {
  name: 'alarm mails',
  only: 'deployed',
  look: async (patient) => {
    const topics = new Set((await alarmsOf(patient)).flatMap(({ AlarmActions = [] }) => AlarmActions));
    if (topics.size === 0)
      return warning('alarms tell nobody', `set alarmEmail in ${stageFile(patient.stage)} and deploy it`);
    const confirmed = (await Promise.all([...topics].map(confirmedOn))).flat();
    if (confirmed.length > 0) return ok(confirmed.join(', '));
    return failed('nobody has confirmed to get the alarms', 'follow the link in the mail that SNS has sent');
  },
};

async function lambdaFinding(): Promise<Finding> {
  const { AccountLimit } = await new LambdaClient().send(new GetAccountSettingsCommand({}));
  const calls = AccountLimit?.ConcurrentExecutions ?? 0;
  const found = `Lambda runs ${calls} calls at once`;
  return calls < FEW_CALLS_AT_ONCE ? warning(found, 'ask for 1,000 in Service Quotas: it costs nothing') : ok(found);
}

async function apiFinding({ options, stage }: Patient): Promise<Finding> {
  const { Quota } = await new ServiceQuotasClient().send(new GetServiceQuotaCommand(API_QUOTA));
  const perSecond = Quota?.Value ?? 0;
  const found = `API Gateway takes ${perSecond} requests a second`;
  const { requestsPerSecond } = options();
  if (perSecond >= requestsPerSecond) return ok(found);
  return warning(
    `${found}, and requestsPerSecond is ${requestsPerSecond}`,
    `ask for more in Service Quotas, or make it less in ${stageFile(stage)}`,
  );
}

const quotas: Check = {
  name: 'quotas',
  only: 'deployed',
  look: async (patient) => {
    const findings = await Promise.all([lambdaFinding(), apiFinding(patient)]);
    return allOf(findings, findings.map(({ found }) => found).join(', '));
  },
};

/** Of the account around the stage. */
export const accountChecks: readonly Check[] = [alarms, subscriber, quotas];
