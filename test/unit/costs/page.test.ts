import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unknownNames } from '../../../bench/costs/bill.ts';
import { paidFor, priceList, usageProfile } from '../../../bench/costs/data.ts';
import { basis, freshPage } from '../../../bench/costs/page.ts';
import { endpoints } from '../../../lib/endpoints.ts';

const place = mkdtempSync(join(tmpdir(), 'costs-'));
afterAll(() => rmSync(place, { recursive: true }));

const costs = (...parameters: readonly string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, ['bench/costs.ts', ...parameters], (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });

test('the page of costs is up to date', () => {
  const page = readFileSync('docs/costs.md', 'utf8');
  expect(freshPage(page, readFileSync('bench/RESULTS.md', 'utf8'))).toBe(page);
});

test('a page that lacks a mark is a fault', () => {
  expect(() => freshPage('# What it costs', '')).toThrow('The page has no section <!-- summary -->');
});

test('every operation is measured, and the usage profile names none that does not exist', () => {
  expect(Object.keys(basis.measured.calls).sort()).toEqual(
    endpoints.map(({ contract }) => contract.operationId).sort(),
  );
  expect(unknownNames(basis)).toBe('');
});

test('the measured profile, with the attributes that are assumed, is as large as one write unit', () => {
  const { bytes = 0 } = basis.measured.items.profile ?? {};
  expect(bytes + basis.usage.assumptions.furtherAttributeBytes.value).toBeLessThanOrEqual(1024);
});

test('prices that are missing, negative or without a date are refused', () => {
  const { prices } = basis.prices;
  const refused = (changed: unknown) => priceList.safeParse(changed).success === false;
  expect(refused({ ...basis.prices, prices: { ...prices, mails: undefined } })).toBe(true);
  for (const fault of [{ usd: -1 }, { usd: '1' }, { asOf: 'lately' }, { page: 'aws' }, { per: 0 }, { note: 'x' }])
    expect(refused({ ...basis.prices, prices: { ...prices, mails: { ...prices.mails, ...fault } } })).toBe(true);
  expect(Object.keys(prices).sort()).toEqual([...paidFor].sort());
});

test('no price is newer than the day on which they were looked up', () => {
  for (const { asOf } of Object.values(basis.prices.prices)) expect(asOf <= basis.prices.lookedUpOn).toBe(true);
});

test('the command prints the bill of so many users, with a usage profile of their own', async () => {
  const file = join(place, 'usage.json');
  const callsOfUser = { getTicket: { calls: 30, for: 'our pages' } };
  writeFileSync(file, JSON.stringify({ ...basis.usage, callsOfUser }));
  const { code, out, err } = await costs('--users', '50,000', '--usage', file);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('| a month | 50,000 users | USD | share |');
  expect(out).toContain('| API Gateway: requests of up to 512 KB | 1,500,000 | 1.50 |');
  expect(out).toContain('| `getTicket`: our pages | 30 |');
});

test('the command says what is wrong with what it was given, and ends with 2', async () => {
  const file = join(place, 'wrong.json');
  writeFileSync(file, JSON.stringify({ ...basis.usage, callsOfUser: { getTickets: { calls: 1, for: 'pages' } } }));
  const negative = join(place, 'negative.json');
  writeFileSync(negative, JSON.stringify({ ...basis.usage, itemsOfUser: { profile: -1 } }));
  expect(usageProfile.safeParse(basis.usage).success).toBe(true);
  const answers = await Promise.all([
    costs('--users', 'many'),
    costs('--users', '-1'),
    costs('--usage', file),
    costs('--usage', negative),
    costs('--usage', join(place, 'absent.json')),
    costs('--user', '10'),
  ]);
  expect(answers.map(({ code, out }) => ({ code, out }))).toEqual(answers.map(() => ({ code: 2, out: '' })));
  const [many, , wrong, below, absent, option] = answers.map(({ err }) => err);
  expect(many).toContain('--users "many" is no number of users');
  expect(wrong).toContain('There is no operation "getTickets"');
  expect(below).toContain('itemsOfUser.profile');
  expect(absent).toContain('absent.json cannot be read');
  expect(option).toContain('did you mean "--users"?');
});
