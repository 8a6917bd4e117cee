import { environmentOf, resourcesOf } from './environment.ts';

const { api, domain } = environmentOf('production');
const dev = environmentOf('dev');

test('a domain name stands in a stack of its own, which puts out where DNS has to lead', () => {
  expect(Object.keys(domain?.Resources ?? {})).toEqual(['Domain']);
  expect(domain?.Resources.Domain?.Properties).toMatchObject({
    DomainName: 'id.example.com',
    DomainNameConfigurations: [
      {
        CertificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000',
        EndpointType: 'REGIONAL',
        SecurityPolicy: 'TLS_1_2',
      },
    ],
  });
  expect(domain?.Outputs.DomainTarget.Value).toEqual({ 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] });
});

test('the API is mapped to the name as a whole', () => {
  expect(resourcesOf(api, 'AWS::ApiGatewayV2::ApiMapping').map(([, { Properties }]) => Properties)).toEqual([
    { ApiId: { Ref: 'Api' }, DomainName: 'id.example.com', Stage: { Ref: 'Stage' } },
  ]);
});

test('where the default address is switched off, the name is the address', () => {
  expect(api.Resources.Api?.Properties.DisableExecuteApiEndpoint).toBe(true);
  expect(api.Outputs.ApiUrl.Value).toBe('https://id.example.com/crafter-profile');
});

test('without a domain name there is none of it', () => {
  expect(dev.domain).toBeUndefined();
  expect(resourcesOf(dev.api, 'AWS::ApiGatewayV2::ApiMapping')).toEqual([]);
  expect(dev.api.Resources.Api?.Properties.DisableExecuteApiEndpoint).toBe(false);
});
