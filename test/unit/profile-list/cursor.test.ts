import { openCursor, sealPosition } from '../../../functions/shared/domain/profile-list/cursor.ts';
import { exampleAccessToken } from '../../support/example-access-token.ts';

const caller = exampleAccessToken({ id: 'token-a' });
const scope = { caller, list: ['getProfileRange', 'acme', 'email', 'ASC'] };
const position = { key: '3mara@example.com', createdKey: '1700000000000#592715d4d4c650e226b03b62' };
const refusal = expect.objectContaining({ kind: 'invalidRequest' });

describe('a cursor', () => {
  it('gives its position back to the same caller for the same list', () => {
    expect(openCursor(sealPosition(position, scope), scope)).toEqual(position);
  });

  it('names nothing of it', () => {
    const bytes = Buffer.from(sealPosition(position, scope), 'base64url').toString('latin1');
    expect(bytes).not.toContain('mara');
    expect(bytes).not.toContain('592715d4d4c650e226b03b62');
  });

  it.each([
    ['another caller', { ...scope, caller: exampleAccessToken({ id: 'token-b' }) }],
    ['another list', { ...scope, list: ['getProfilesByRole', 'acme', 'email', 'ASC'] }],
    ['another tenant', { ...scope, list: ['getProfileRange', 'acme2', 'email', 'ASC'] }],
    ['another order', { ...scope, list: ['getProfileRange', 'acme', 'email', 'DESC'] }],
    ['values that only look alike together', { ...scope, list: ['getProfileRange', 'acmeemail', '', 'ASC'] }],
  ])('is refused to %s', (_whose, other) => {
    expect(() => openCursor(sealPosition(position, scope), other)).toThrow(refusal);
  });

  it.each(['', 'x', 'AAAA', 'ä', 'A'.repeat(10_000), `${sealPosition(position, scope)}A`.slice(1)])(
    'is refused where it is made up: %#',
    (madeUp) => {
      expect(() => openCursor(madeUp, scope)).toThrow(refusal);
    },
  );

  it('is refused with any bit turned', () => {
    const sealed = Buffer.from(sealPosition(position, scope), 'base64url');
    for (const [at, byte] of sealed.entries()) {
      const turned = Buffer.from(sealed);
      turned[at] = byte ^ 1;
      expect(() => openCursor(turned.toString('base64url'), scope)).toThrow(refusal);
    }
  });

  it('is another one each time', () => {
    expect(sealPosition(position, scope)).not.toBe(sealPosition(position, scope));
  });
});
