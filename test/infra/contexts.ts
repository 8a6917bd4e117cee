/** What the tests of the stacks give as CDK context, by name. */
export const contexts = {
  dev: {},
  watched: { alarmEmail: 'ops@example.com' },
  production: {
    stage: 'production',
    alarmEmail: 'ops@example.com',
    tracing: true,
    domainName: 'id.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000',
    defaultAddress: false,
  },
  configured: {
    ticketAgeSeconds: 600,
    linkAllowList: 'https://app.example.com',
    logRetentionDays: 30,
    requestsPerSecond: 300,
    passwordRequestsPerSecond: 7,
  },
  elsewhere: { contextPath: '', wireLine: '3.0', mailSender: 'no-reply@example.com' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type ContextName = keyof typeof contexts;
