import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { dependencies, settings } from '../../functions/watch.ts';
import { callsOf } from '../intents.ts';
import { type AlarmProps, type Alarms, published } from './alarms.ts';
import { BundledFunction, type Installation } from './bundled-function.ts';

export interface WatchProps extends Installation {
  readonly alarms: Alarms;
}

const HOURLY = Duration.hours(1);
/** A change of 1,000,000 profiles takes a good hour. */
const OPEN_TOO_LONG = Duration.hours(2);
/** Time to give the applications another token. */
const FEW_DAYS = 14;

/** What waits for somebody, each with what to do about it. An hour without a figure changes no colour. */
function waitingOf(stage: string): Readonly<Record<string, AlarmProps>> {
  const admin = (command: string) => `npm run admin -- ${command} --stage ${stage}`;
  const most = { statistic: 'Maximum', period: HOURLY };
  return {
    OpenChanges: {
      metric: published(stage, 'OldestOpenChangeSeconds').with(most),
      threshold: OPEN_TOO_LONG.toSeconds(),
      lasts: true,
      alarmDescription: `A change of a tenant, or a deletion, has been open for two hours: see the log of sweep-tenants, then ${admin('sweep')}`,
    },
    AccessTokensEnd: {
      metric: published(stage, 'AccessTokenDaysLeft').with({ statistic: 'Minimum', period: HOURLY }),
      threshold: FEW_DAYS,
      falling: true,
      lasts: true,
      alarmDescription: `An access token ends within ${FEW_DAYS} days, or has ended: ${admin('token list')} says which; give its application another one, then end it`,
    },
    WaitingForMail: {
      metric: published(stage, 'ProfilesWaitingForMail').with(most),
      threshold: 1,
      lasts: true,
      alarmDescription: `New profiles, whose ids the log of watch has, wait for a verification mail that SES has refused: put right what the log of create-profile says, then ${admin('person resend --tenant T --username U')}, or enable them`,
    },
  };
}

/** Looks once an hour at what waits for somebody to do something about it, and tells. */
export class Watch extends BundledFunction {
  constructor(scope: Construct, id: string, { alarms, ...installation }: WatchProps) {
    super(scope, id, {
      ...installation,
      bundle: 'watch',
      description: 'Publish once an hour what waits for an operator',
      needs: { calls: callsOf(dependencies) },
      settings,
      memorySize: 512,
      timeout: Duration.minutes(5),
    });
    const { functionArn } = this.function;
    const { ruleArn } = new Rule(this, 'Hourly', {
      description: 'Calls the look at what waits for an operator',
      schedule: Schedule.rate(HOURLY),
      // CDK's own target makes a permission whose logical id has a hash in it.
      targets: [{ bind: () => ({ arn: functionArn }) }],
    });
    new CfnPermission(this, 'HourlyPermission', {
      action: 'lambda:InvokeFunction',
      principal: 'events.amazonaws.com',
      functionName: functionArn,
      sourceArn: ruleArn,
    });
    for (const [name, alarm] of Object.entries(waitingOf(installation.options.stage))) alarms.add(name, alarm);
    alarms.add('WatchErrors', {
      metric: this.function.metricErrors({ statistic: 'Sum', period: HOURLY }),
      threshold: 1,
      alarmDescription: 'The hourly look could not find everything out: its log (watch) says why',
    });
  }
}
