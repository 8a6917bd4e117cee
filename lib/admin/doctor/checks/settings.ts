import { stageFile } from '../../../deployment/stage-file.ts';
import { settledValues } from '../../../deployment/stage-settings.ts';
import { allOf, type Check, type Finding, ok, warning } from '../check.ts';

/** A setting, or what is made of some, with the values that make sense. */
interface Range {
  readonly key: string;
  readonly least: number;
  readonly most: number;
  /** What is wrong outside of it. */
  readonly because: string;
}

const [HOUR, DAY] = [3600, 86_400];

const ranges: readonly Range[] = [
  { key: 'ticketAgeSeconds', least: 60, most: 30 * DAY, because: 'sessions end at once, or hardly ever' },
  {
    key: 'persistentLoginAgeSeconds',
    least: HOUR,
    most: 400 * DAY,
    because: 'who is remembered is asked again at once, or hardly ever',
  },
  {
    key: 'verificationTokenAgeSeconds',
    least: 300,
    most: 7 * DAY,
    because: 'mailed links are dead on arrival, or live for whoever finds the mail',
  },
  { key: 'lockThreshold', least: 1, most: 50, because: 'passwords can be guessed, or one slip locks' },
  { key: 'delayThreshold', least: 0, most: 50, because: 'passwords can be guessed' },
  { key: 'lockMinutes', least: 1, most: DAY / 60, because: 'locks do not last, or lock people out' },
  { key: 'cacheSeconds', least: 0, most: 300, because: 'an access token that was ended works on for as long' },
  { key: 'uploadLimitBytes', least: 10_000, most: 4_194_304, because: 'hardly any image fits' },
  { key: 'logRetentionDays', least: 30, most: 3653, because: 'what was done a year ago is in no audit trail any more' },
  {
    key: 'passwordRequestsPerSecond',
    least: 1,
    most: 500,
    because: 'strangers can have that many passwords hashed at your cost',
  },
];

function findingOf({ key, least, most, because }: Range, values: Readonly<Record<string, string>>): Finding {
  const value = Number(values[key]);
  if (value >= least && value <= most) return ok(key);
  return warning(`${key} is ${value}, outside of ${least} to ${most}: ${because}`, 'change it and deploy');
}

const sensible: Check = {
  name: 'ranges',
  only: 'deployed',
  look: async ({ options }) => {
    const values = settledValues(options());
    return allOf(
      ranges.map((range) => findingOf(range, values)),
      'every setting is within what makes sense',
    );
  },
};

const links: Check = {
  name: 'mailed links',
  only: 'deployed',
  look: async ({ options, stage }) => {
    const { linkAllowList = '' } = options().settings;
    if (linkAllowList !== '') return ok(`lead to ${linkAllowList} only`);
    return warning(
      'may lead to any page, of which a caller names one',
      `set linkAllowList in ${stageFile(stage)} to the origins of your pages, and deploy it`,
    );
  },
};

/** Of what an operator has chosen. */
export const settingChecks: readonly Check[] = [sensible, links];
