import { openPage, pageAnswer } from '../../../functions/shared/http/list-pages.ts';
import { exampleAccessToken } from '../../support/example-access-token.ts';
import { exampleProfile } from '../../support/example-profile.ts';

const caller = exampleAccessToken({ id: 'secret-token' });
const filter = ['getProfileRange', 'acme'];
const next = { key: '', createdKey: '1700000000000#592715d4d4c650e226b03b62' };
const plan = 'creation, 1 page';

type Fields = readonly (readonly [string, string])[];

function answered(query: Fields, parameters: Parameters<typeof openPage>[0]['parameters'], page = { next, plan }) {
  const request = { parameters, query };
  const paging = openPage(request, caller, filter);
  return pageAnswer(request, paging, { profiles: [exampleProfile()], ...page }).headers;
}

describe('the page of a list', () => {
  it('links to the next one, by the same query without secret, start and the cursor before', () => {
    const { link = '', 'next-cursor': cursor } = answered(
      [
        ['accessTokenId', 'secret-token'],
        ['tenantName', 'ac me&ü'],
        ['attributeToReturn', 'a'],
        ['attributeToReturn', 'b'],
        ['start', '5'],
        ['count', '2'],
      ],
      { start: 5, count: 2 },
    );
    const [, target = ''] = /^<(\?[^>]+)>; rel="next"$/.exec(link) ?? [];
    expect([...new URL(target, 'http://localhost/api').searchParams]).toEqual([
      ['tenantName', 'ac me&ü'],
      ['attributeToReturn', 'a'],
      ['attributeToReturn', 'b'],
      ['count', '2'],
      ['cursor', cursor],
    ]);
  });

  it('begins where its cursor says', () => {
    const { 'next-cursor': cursor } = answered([], { count: 2 });
    const { window, after } = openPage({ parameters: { count: 2, cursor }, query: [] }, caller, filter);
    expect({ window, after }).toEqual({ window: { from: 0, to: 2 }, after: next });
  });

  it('has no link above 4 KB, only the cursor', () => {
    const headers = answered([['query', 'x'.repeat(4096)]], { count: 2 });
    expect(headers).toEqual({ 'next-cursor': expect.any(String) });
  });

  it('links nowhere at the end', () => {
    const request = { parameters: { count: 2 }, query: [] };
    const paging = openPage(request, caller, filter);
    expect(pageAnswer(request, paging, { profiles: [], plan }).headers).toEqual({});
  });

  it('says how it was found where that is asked for, in ASCII', () => {
    const page = { next, plan: 'index attributes.größe\r\n100% equals, 1 page' };
    expect(answered([], { explain: true }, page)).toMatchObject({
      'query-plan': 'index attributes.gr%C3%B6%C3%9Fe%0D%0A100%25 equals, 1 page',
    });
    expect(answered([], { explain: false }, page)).not.toHaveProperty('query-plan');
  });

  it('takes no start beside a cursor, and no cursor of another order', () => {
    const { 'next-cursor': cursor } = answered([], { count: 2 });
    const refusal = expect.objectContaining({ kind: 'invalidRequest' });
    expect(() => openPage({ parameters: { start: 1, cursor }, query: [] }, caller, filter)).toThrow(refusal);
    expect(() => openPage({ parameters: { sortBy: 'email', cursor }, query: [] }, caller, filter)).toThrow(refusal);
  });

  it('is the first one with an empty cursor', () => {
    expect(openPage({ parameters: { cursor: '', start: 3 }, query: [] }, caller, filter)).toMatchObject({
      after: undefined,
      window: { from: 3 },
    });
  });
});
