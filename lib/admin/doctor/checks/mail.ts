import {
  GetAccountSendingEnabledCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  GetSendStatisticsCommand,
  SESClient,
  type SendDataPoint,
} from '@aws-sdk/client-ses';
import { allOf, type Check, failed, ok, warning } from '../check.ts';

/** What SES lets an account in its sandbox send in a day. */
const SANDBOX_QUOTA = 200;
const [NEARLY, WORRYING_BOUNCES, MOST_BOUNCES] = [0.8, 0.02, 0.05];

const identity: Check = {
  name: 'sender verified',
  only: 'deployed',
  look: async ({ options }) => {
    const sender = options().settings.mailSender ?? '';
    const identities = [sender, sender.replace(/^.*@/, '')];
    const { VerificationAttributes = {} } = await new SESClient().send(
      new GetIdentityVerificationAttributesCommand({ Identities: identities }),
    );
    const verified = identities.find((name) => VerificationAttributes[name]?.VerificationStatus === 'Success');
    if (verified !== undefined) return ok(verified);
    return failed(`SES has verified neither ${identities.join(' nor ')}`, 'verify the domain in SES, in this region');
  },
};

const quota: Check = {
  name: 'mail quota',
  only: 'deployed',
  look: async () => {
    const client = new SESClient();
    const [{ Max24HourSend = 0, SentLast24Hours = 0 }, { Enabled }] = await Promise.all([
      client.send(new GetSendQuotaCommand({})),
      client.send(new GetAccountSendingEnabledCommand({})),
    ]);
    const used = `${SentLast24Hours} of ${Max24HourSend} mails of the last 24 hours`;
    return allOf(
      [
        Enabled === false ? failed('SES sends nothing for this account', 'see "account health" in SES') : ok(used),
        Max24HourSend !== -1 && Max24HourSend <= SANDBOX_QUOTA
          ? warning(
              `SES is in its sandbox (${used})`,
              'it mails to verified addresses only: ask AWS for production access',
            )
          : ok(used),
        Max24HourSend > 0 && SentLast24Hours >= NEARLY * Max24HourSend
          ? warning(`${used} are used`, 'ask AWS for a larger quota')
          : ok(used),
      ],
      used,
    );
  },
};

function bounceRate(points: readonly SendDataPoint[]): number {
  const sum = (of: (point: SendDataPoint) => number | undefined) =>
    points.reduce((all, point) => all + (of(point) ?? 0), 0);
  const attempts = sum(({ DeliveryAttempts }) => DeliveryAttempts);
  return attempts === 0 ? 0 : sum(({ Bounces }) => Bounces) / attempts;
}

const bounces: Check = {
  name: 'bounces',
  only: 'deployed',
  look: async () => {
    const { SendDataPoints = [] } = await new SESClient().send(new GetSendStatisticsCommand({}));
    const rate = bounceRate(SendDataPoints);
    const found = `${(100 * rate).toFixed(1)} % of the last two weeks' mails bounced`;
    const advice = 'find out who makes accounts with addresses that do not exist: SES stops at 10 %';
    if (rate >= MOST_BOUNCES) return failed(found, advice);
    return rate >= WORRYING_BOUNCES ? warning(found, advice) : ok(found);
  },
};

/** Of the account's mail. */
export const mailChecks: readonly Check[] = [identity, quota, bounces];
