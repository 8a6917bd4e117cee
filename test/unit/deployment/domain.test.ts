import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { leadsTo, type NameLookUp, requireReachable } from '../../../lib/deployment/domain.ts';
import { optionsFrom } from '../../../lib/options.ts';
import { withCloudFormation } from '../../support/cloud-formation.ts';

const stacks = withCloudFormation();

const target = 'd-1.execute-api.eu-central-1.amazonaws.com';

/** A DNS that knows these alone. */
function dnsOf(
  cnames: Readonly<Record<string, string>>,
  addresses: Readonly<Record<string, readonly string[]>>,
): NameLookUp {
  const answer = (found: readonly string[] | undefined) =>
    found === undefined ? Promise.reject(new Error('ENODATA')) : Promise.resolve(found);
  return {
    resolveCname: (name) => answer(cnames[name] === undefined ? undefined : [cnames[name]]),
    resolve4: (name) => answer(addresses[name]),
  };
}

test.each<[string, NameLookUp, boolean]>([
  ['a record of its own', dnsOf({ 'id.org': 'D-1.execute-api.eu-central-1.amazonaws.com' }, {}), true],
  ['an alias', dnsOf({}, { 'id.org': ['10.0.0.2'], [target]: ['10.0.0.1', '10.0.0.2'] }), true],
  [
    'a record to elsewhere',
    dnsOf({ 'id.org': 'other.org' }, { 'id.org': ['10.9.9.9'], [target]: ['10.0.0.1'] }),
    false,
  ],
  ['no record', dnsOf({}, { [target]: ['10.0.0.1'] }), false],
  ['no DNS at all', dnsOf({}, {}), false],
])('whether a name leads to the API is known by %s', async (_, lookUp, leads) => {
  expect(await leadsTo('id.org', target, lookUp)).toBe(leads);
});

const optionsOf = (given: Readonly<Record<string, string>>) =>
  optionsFrom(
    (key) =>
      ({ domainName: 'id.org', certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/1-2', ...given })[
        key
      ],
  );
const reach = (given: Readonly<Record<string, string>>, lookUp: NameLookUp) =>
  requireReachable(new CloudFormationClient(), optionsOf(given), lookUp);
const leading = dnsOf({ 'id.org': target }, {});
const nowhere = dnsOf({}, {});

test('the default address is switched off only where the name leads to the API', async () => {
  stacks.use({ 'ServerlessProfile-dev-Domain': { outputs: { DomainTarget: target } } });
  await expect(reach({ defaultAddress: 'false' }, nowhere)).rejects.toThrow(`id.org does not lead to ${target} yet`);
  await expect(reach({ defaultAddress: 'false' }, leading)).resolves.toBeUndefined();
  await expect(reach({}, nowhere)).resolves.toBeUndefined();
});

test('before the name is deployed the default address stays', async () => {
  stacks.use({});
  await expect(reach({ defaultAddress: 'false' }, leading)).rejects.toThrow('id.org is not deployed yet');
});
