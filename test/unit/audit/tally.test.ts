import { noteChange, tallied } from '../../../functions/shared/audit/tally.ts';
import { together } from '../../../functions/shared/audit/trail.ts';

test('one profile counts once, however often it is changed', () => {
  const changes = tallied((tally) => {
    for (const profileId of ['a', 'b', 'a']) noteChange({ tenant: 'default', profileId }, ['email']);
    return tally.changes;
  });
  expect(changes.map(({ profileIds, moreProfiles }) => [profileIds.size, moreProfiles])).toEqual([[2, 0]]);
});

test('of very many profiles the ids are not kept, and each is counted', () => {
  const changes = tallied((tally) => {
    for (let at = 0; at < 25_000; at++) noteChange({ tenant: 'default', profileId: `${at}` }, ['email']);
    return tally.changes;
  });
  expect(changes.map(({ profileIds, moreProfiles }) => profileIds.size + moreProfiles)).toEqual([25_000]);
  expect(changes[0]?.profileIds.size).toBeLessThan(25_000);
});

test('the changes of many tenants are put together as one', () => {
  const changes = tallied((tally) => {
    for (let at = 0; at < 3; at++) noteChange({ tenant: `t${at}`, profileId: `p${at}` }, [`f${at}`], ['same']);
    return tally.changes;
  });
  expect(together(changes)).toEqual({
    subject: { tenant: 't2', profileId: 'p2' },
    profileIds: new Set(['p0', 'p1', 'p2']),
    moreProfiles: 0,
    accessTokenIds: new Set(),
    fields: new Set(['f0', 'f1', 'f2']),
    attributes: new Set(['same']),
  });
});
