import { routeKeysOf } from '../../../lib/routes.ts';

const context = '/crafter-profile';

test('a path that ends in a literal has a .json twin', () => {
  expect(routeKeysOf({ method: 'POST', path: '/profile/{id}/reset_password' }, context)).toEqual([
    'POST /crafter-profile/api/1/profile/{id}/reset_password',
    'POST /crafter-profile/api/1/profile/{id}/reset_password.json',
  ]);
});

test('a path that ends in a variable takes .json along', () => {
  expect(routeKeysOf({ method: 'GET', path: '/profile/{id}' }, context)).toEqual([
    'GET /crafter-profile/api/1/profile/{id}',
  ]);
});

test('a path that ends in a slash takes what follows as a suffix', () => {
  expect(routeKeysOf({ method: 'GET', path: '/profile/{id}/attachments/' }, '')).toEqual([
    'GET /api/1/profile/{id}/attachments',
    'GET /api/1/profile/{id}/attachments.json',
    'GET /api/1/profile/{id}/attachments/{suffix+}',
  ]);
});

test('the context path comes from the setting', () => {
  expect(routeKeysOf({ method: 'GET', path: '/profile/{id}' })).toEqual(['GET /crafter-profile/api/1/profile/{id}']);
});
