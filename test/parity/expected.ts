import type { JsonValue } from '../../functions/shared/domain/values/json.ts';
import {
  admin,
  anyTime,
  defaultTenant,
  jdoe,
  newAttachment,
  newProfile,
  newTenant,
  newTicket,
  newVerificationToken,
  profileOf,
  recordedList,
  recordedObject,
  tenantOf,
  withoutAttributes,
} from './bodies.ts';
import { empty, errorOf, json, permissionsAsList } from './changes.ts';
import type { Answer } from './exchanges.ts';

/**
 * The answers that were held back, derived from the wire contract: errors by status and code. Where upstream's answer is known to be another
 * one, the contract's "Ours" stands here.
 */
const errors: Readonly<Record<string, readonly string[]>> = {
  '413 OTHER': ['att.upload.too_big'],
  '403 ACCESS_DENIED': [
    'at.wrong_param_case',
    'at.post_missing',
    'at.json_body_only', // 1.3: such routes read the token from the query only
    'at.get_with_form_body', // a GET has no form
    'at.missing_wins_over_bad_params',
  ],
  '403 NO_SUCH_ACCESS_TOKEN_ID': ['at.blank', 'at.non_uuid'],
  '400 OTHER': [
    'at.form_params_as_json_body',
    'tok.create.bad_json',
    'tok.create.array',
    'ten.create.no_name', // 9.1 #33
    'ten.create.no_name_again',
    'ten.create.empty_name',
    'ten.create.unknown_field',
    'ten.update.no_name', // 9.1 #33
    'ten.verify.bad',
    'pro.create.missing_username',
    'pro.create.empty_username', // 9.1 #33
    'pro.create.bad_enabled',
    'pro.by_username.missing_both',
    'pro.count_by_query.missing_query',
    'pro.by_query.missing_query',
    'pro.by_query.missing_tenant',
    'pro.range.start_overflow',
    'pro.range.sort_order_lower',
    'pro.by_attribute_value.missing_value',
    'pro.by_attribute_value.missing_name',
    'pro.update.enabled_bad',
    'pro.roles.add.missing',
    'pro.roles.remove.missing',
    'pro.attributes.update.bad_json',
    'pro.attributes.update.no_body',
    'chg.missing_token',
    'chg.missing_password',
    'chg.empty_password', // 9.1 #23
    'att.upload.no_extension', // 9.1 #37
    'auth.missing_tenant',
    'auth.missing_username',
    'tick.create.missing',
    'pl.create.missing',
  ],
  '400 INVALID_EMAIL_ADDRESS': ['pro.create.invalid_email'],
  '400 INVALID_QUERY': [
    'pro.count_by_query.tenant',
    'pro.count_by_query.bad_json', // 9.1 #16
    'pro.one_by_query.tenant_quoted',
    'pro.one_by_query.where',
    'pro.one_by_query.forbidden_attr',
    'pro.one_by_query.forbidden_attr_quoted',
    'pro.one_by_query.bad_json',
    'pro.one_by_query.empty_string',
    'pro.by_query.where',
    'pro.by_existing_attribute.forbidden', // 9.1 #14
    'perm.corp_only.query_secret',
  ],
  '400 ATTRIBUTE_NOT_DEFINED': ['pro.update.attributes_undefined', 'pro.attributes.remove.undefined'],
  '400 NO_SUCH_TICKET': ['tick.by_ticket.of_disabled_profile', 'tick.by_ticket.of_deleted_profile'], // 9.1 #9, #10
  '401 BAD_CREDENTIALS': [
    'chg.login_after_empty_password', // 9.1 #23, #50
    'auth.no_password_profile', // 9.1 #22
    'auth.no_password_profile_empty',
    'auth.lock.fail02',
    'auth.lock.fail04',
    'auth.lock.fail06',
    'auth.lock.fail07',
    'auth.lock.fail09',
  ],
  '403 DISABLED_PROFILE': [
    'vnew.login_before',
    'auth.disabled_wrong_password',
    'auth.lock.right_password_while_locked', // 9.1 #3
    'tick.create.disabled',
  ],
  '403 ACTION_DENIED': [
    'tok.create.not_master',
    'tok.use_created_denied_action',
    'tok.delete.not_master',
    'ten.verify.denied',
    'ten.attr.add.denied',
    'ten.delete.denied',
    'pro.create.attributes_forbidden',
    'pro.attributes.update.forbidden',
    'perm.corp_only.tenant_get_default',
    'perm.corp_only.profile_get_default',
    'perm.corp_only.count_default',
    'perm.corp_only.authenticate_default',
    'perm.read_only.by_username_default',
    'perm.read_only.authenticate_default',
    'perm.read_only.ticket_create_default',
    'perm.profiles_only.tenant_get_corp',
    'perm.profiles_only.tenant_count',
    'perm.profiles_only.profile_get_default',
    'perm.null_permissions.tenant_get_default', // 9.1 #32
    'perm.null_permissions.tenant_get_corp',
    'perm.null_permissions.by_username_default',
    'perm.master_no_permissions.by_username_default',
    'perm.master_no_permissions.count_default',
    'perm.master_no_permissions.authenticate_default',
    'perm.first_match.profile_get_default',
    'perm.corp_only.by_ids_mixed',
    'perm.corp_only.reset_default',
    'perm.corp_only.vtoken_get',
    'perm.corp_only.verify',
    'perm.corp_only.change_password',
    'perm.corp_only.vtoken_delete',
    'perm.corp_only.ticket_get',
    'perm.corp_only.create_default',
    'perm.profiles_only.create_default',
    'perm.social.tenant_update',
  ],
  '404 OTHER': ['route.unknown_no_token', 'route.api_2', 'route.encoded_slash'],
  '404 NO_SUCH_ACCESS_TOKEN_ID': ['tok.get.unknown'],
  '404 NO_SUCH_TENANT': [
    'route.name_with_dot_truncated',
    'route.name_with_dot_json',
    'route.matrix_param', // 1.1: the whole segment is the name
    'ten.roles.remove.unknown_tenant',
    'ten.attr.add.unknown_tenant',
    'ten.attr.update.unknown_tenant',
    'pro.create.unknown_tenant',
    'pro.count_by_query.unknown_tenant',
    'pro.by_query.unknown_tenant',
  ],
  '404 NO_SUCH_PROFILE': [
    'route.get_create_is_id', // 9.1 #1
    'ten.roles.remove.profile_after',
    'pro.get.unknown',
    'pro.by_username.case',
    'pro.by_username.unknown_tenant',
    'pro.attributes.unknown',
    'pro.update.unknown',
    'pro.update.malformed', // 9.1 #1, as those below
    'pro.roles.add.malformed',
    'pro.attributes.update.malformed',
    'ver.create.unknown',
    'rst.malformed',
    'tick.create.unknown',
    'pl.create.unknown',
    'pl.create.malformed',
    'perm.corp_only.profile_get_corp',
    'perm.read_only.profile_get_corp',
    'perm.no_tickets.profile_get_corp',
  ],
  '404 NO_SUCH_TICKET': ['tick.get.non_uuid'],
  '404 NO_SUCH_PERSISTENT_LOGIN': ['pl.get.unknown'],
  '404 NO_SUCH_VERIFICATION_TOKEN': [
    'ver.get.unknown',
    'ver.get.non_uuid',
    'ver.verify.empty',
    'ver.verify.reuse',
    'chg.reuse',
    'ver.verify.token_of_deleted_profile', // 5.19
  ],
  '405 OTHER GET': [
    'route.method.patch',
    'route.method.options',
    'route.options_cors_preflight',
    'pro.delete.delete_method',
  ],
  '405 OTHER POST': ['route.get_authenticate'],
  '415 OTHER': ['ten.create.form'],
};

const withoutBody = [
  'tok.delete',
  'tok.delete.twice',
  'ten.delete.twice',
  'ten.cleanup.my.tenant.json',
  'ver.delete',
  'ver.delete.unknown',
  'pro.delete',
  'pro.delete.malformed', // 9.1 #1
  'pro.delete.newbie2',
  'tick.invalidate',
  'tick.invalidate.unknown',
  'pl.delete',
];

const mini = newTenant('mini');
const corporate = 'ten.verify.false';
const rolesAfterAdding = recordedObject('ten.roles.add.existing').availableRoles ?? [];
const definitionsOf = (name: string): readonly JsonValue[] => {
  const { attributeDefinitions } = recordedObject(name);
  return Array.isArray(attributeDefinitions) ? attributeDefinitions : [];
};
const except = (values: JsonValue, ...gone: readonly string[]) =>
  Array.isArray(values) ? values.filter((value) => !gone.some((one) => one === value)) : [];

const alice = 'pro.create';
const [nopw, disabled1] = [recordedObject('pro.nopw'), recordedObject('pro.disabled1')];
const aliceId = recordedObject(alice).id ?? '';
const everyone = [admin, jdoe, recordedObject('pro.alice'), nopw, disabled1].map(withoutAttributes);
const roles = (...names: readonly string[]) => ({ roles: [...names] });
const nested = { frequency: 'daily', autoWatch: false, targets: ['a', 'b'], n: 3, f: 1.5 };
const daily = { frequency: 'daily', targets: ['x'] };
const alice2 = { email: 'alice2@example.com' };
const alice3 = { email: 'alice3@example.com', attributes: { firstName: 'Alice', lastName: 'C' } };
const verifiedAlice = profileOf('rst.ok');
const tokensBefore = permissionsAsList(recordedList('tok.all.after'));

const bodies: Readonly<Record<string, JsonValue>> = {
  'at.twice_good_first': 1,
  'at.as_header': 1, // 9.1 #64
  'at.post_in_form': newTicket(),
  'route.suffix_json': 1,
  'route.accept_json': defaultTenant,
  'route.accept_json_utf8': defaultTenant,
  'route.accept_html': defaultTenant, // 9.1 #41
  'route.accept_plain': 1,
  'route.client_all_media_on_profile': admin,
  'route.selector_gdata': admin, // 6.12
  'route.unknown_query_param': 1,
  'tok.all.json': recordedList('tok.all'),
  'tok.create.non_uuid_id': { ...recordedObject('tok.create.with_id'), id: 'my-token' },
  'tok.create.unknown_action': {
    ...recordedObject('tok.create.with_id'),
    id: '17d7d547-6565-4e5f-b437-42beb97f77bc',
    tenantPermissions: [{ tenant: '*', allowedActions: ['FLY'] }],
  },
  'tok.use_created_ok': defaultTenant,
  'ten.count': 1,
  'ten.all': [defaultTenant],
  'ten.get': defaultTenant,
  'ten.get.social': defaultTenant,
  'ten.create': tenantOf('ten.update.restore'),
  'ten.create.minimal': mini,
  'ten.all.after_create': [
    defaultTenant,
    tenantOf('ten.update.restore'),
    mini,
    tenantOf('ten.create.with_id_ignored'),
    tenantOf('ten.create.name_with_dot'),
  ],
  'ten.update.remove_things': tenantOf(corporate, {
    availableRoles: ['USER'],
    attributeDefinitions: definitionsOf(corporate).slice(0, 1),
  }),
  'ten.verify.true': tenantOf(corporate, { verifyNewProfiles: true }),
  'ten.roles.remove': tenantOf(corporate, { availableRoles: except(rolesAfterAdding, 'R1') }),
  'ten.attr.add': tenantOf('ten.attr.add.duplicate_same'),
  'ten.attr.add.no_permissions': tenantOf('ten.attr.add.default_object', {
    attributeDefinitions: definitionsOf('ten.attr.add.default_object').slice(0, 4),
  }),
  'ten.roles.remove.strips_profiles': tenantOf('ten.attr.remove.unknown', {
    availableRoles: ['R5', 'R6', 'ADMIN', 'USER'],
  }),
  'pro.create.email_no_tld': newProfile('bobt', { email: 'bob@localhost' }),
  'pro.create.enabled_1': newProfile('en1'),
  'pro.create.enabled_TRUE': newProfile('entrue'),
  'pro.create.roles_comma': newProfile('rolesc', roles('SOCIAL_USER', 'SOCIAL_ADMIN')),
  'pro.create.role_not_in_tenant': newProfile('rolesx', roles('NOT_DEFINED')),
  'pro.create.role_empty': newProfile('rolese'),
  'pro.create.roles_plural_param': newProfile('rolesp'),
  'pro.create.attributes_empty_object': newProfile('attre'),
  'pro.create.attributes_empty': newProfile('attrx'),
  'pro.create.attributes_nested': newProfile('attrs', { attributes: { subscriptions: nested } }), // 9.1 #28
  'pro.create.unicode_username': newProfile('josé garcía', { email: 'jose@example.com' }),
  'pro.create.by_social': newProfile('bysocial'),
  'pro.create.verification_url_no_verify': newProfile('vurl'),
  'pro.create.all_in_query': newProfile('inquery', { email: 'q@example.com' }),
  'pro.create.multipart': newProfile('multi', { email: 'm@example.com' }),
  'pro.count.after_create': 30, // two that upstream has are refused: an empty username, an address with a display name
  'pro.get.json': jdoe,
  'pro.get.attr_none_and_other': withoutAttributes(jdoe),
  'pro.get.attr_empty': jdoe,
  'pro.get.attr_quote': withoutAttributes(jdoe),
  'pro.by_username': jdoe,
  'pro.by_username.json': jdoe,
  'pro.by_username.post': jdoe,
  'pro.attributes.one': { firstName: 'John' },
  'pro.attributes.none': {},
  'pro.count': 5,
  'pro.count.unknown_tenant': 0,
  'pro.count_by_query': 2,
  'pro.count_by_query.strict_json': 2,
  'pro.count_by_query.empty_query': 5,
  'pro.one_by_query.attr': { ...jdoe, attributes: { firstName: 'John' } },
  'pro.by_query.bool': [disabled1, withoutAttributes(jdoe)],
  'pro.by_query.oid': [withoutAttributes(jdoe)],
  'pro.by_ids.comma': [admin, jdoe],
  'pro.by_ids.malformed': [jdoe], // 9.1 #1
  'pro.by_ids.empty': [],
  'pro.by_ids.sort_desc': [jdoe, admin],
  'pro.range.start_only': everyone.slice(2),
  'pro.range.start_beyond': [],
  'pro.range.count_zero': everyone,
  'pro.range.start_empty': everyone,
  'pro.range.sort_order_only': everyone,
  'pro.by_role': [admin, jdoe],
  'pro.by_role.unknown': [],
  'pro.by_existing_attribute': everyone.slice(1, 3),
  'pro.by_existing_attribute.nested': [jdoe],
  'pro.by_attribute_value.nested': [withoutAttributes(jdoe)],
  'pro.update.username_back': profileOf(alice, alice2),
  'pro.update.username_empty_ignored': profileOf(alice, alice2),
  'pro.update.enabled_false': profileOf(alice, { ...alice2, enabled: false }),
  'pro.update.enabled_true': profileOf(alice, alice2),
  'pro.update.roles_repeat': profileOf(alice, { ...alice2, ...roles('SOCIAL_ADMIN', 'SOCIAL_USER') }),
  'pro.update.roles_comma': profileOf(alice, { ...alice2, ...roles('SOCIAL_AUTHOR', 'SOCIAL_USER') }),
  'pro.update.roles_empty_clears': profileOf(alice, { ...alice2, ...roles() }),
  'pro.update.password_login_new': newTicket(aliceId),
  'pro.update.attributes_merge': profileOf('pro.update.password', {
    attributes: { firstName: 'Alice', lastName: 'B' },
  }),
  'pro.update.attributes_null_value': profileOf('pro.update.password', {
    attributes: { firstName: 'Alice', lastName: 'B' }, // 9.1 #28
  }),
  'pro.update.attr_to_return_none': profileOf('pro.update.password', { attributes: {} }),
  'pro.update.final': {
    ...profileOf(alice, { ...alice3, ...roles() }),
    lastModified: recordedObject('pro.update.query').lastModified ?? anyTime,
  },
  'pro.disable': profileOf(alice, { ...alice3, ...roles(), enabled: false }),
  'pro.enable': profileOf(alice, { ...alice3, ...roles() }),
  'pro.enable.attr_none': profileOf(alice, { ...alice3, ...roles(), attributes: {} }),
  'pro.enable.no_body_token_query': profileOf(alice, { ...alice3, ...roles() }),
  'pro.roles.add': profileOf(alice, { ...alice3, ...roles('SOCIAL_ADMIN') }),
  'pro.roles.add.repeat': profileOf(alice, { ...alice3, ...roles('SOCIAL_ADMIN', 'SOCIAL_USER', 'X') }),
  'pro.attributes.update': profileOf('pro.roles.remove.not_held', {
    attributes: { firstName: 'Al', lastName: 'C', subscriptions: daily },
  }),
  'pro.attributes.update.json_suffix': profileOf('pro.roles.remove.not_held', {
    attributes: { firstName: 'Al2', lastName: 'C', subscriptions: daily },
  }),
  'pro.attributes.remove.absent': profileOf('pro.attributes.remove'),
  'ver.create.json': newVerificationToken(aliceId),
  'ver.get.json': recordedObject('ver.get'),
  'ver.verify.attr_none': profileOf('pro.attributes.remove.comma', { verified: true }),
  'ver.verify.enables_disabled': profileOf('ver.disable_again', { enabled: true }), // 9.1 #7: it never was switched off
  'ver.verification_token_changes_password': verifiedAlice,
  'ver.create4': newVerificationToken(nopw.id ?? ''),
  'rst.url_with_query': recordedObject('rst.ok'),
  'rst.url_with_fragment': recordedObject('rst.ok'),
  'rst.json_suffix': recordedObject('rst.ok'),
  'chg.ok': verifiedAlice,
  'chg.login_new': newTicket(aliceId),
  'att.upload': newAttachment('avatar'),
  'att.upload.again': newAttachment('avatar'),
  'att.list': [newAttachment('avatar')], // 9.1 #34, #52
  'att.list.no_slash': [newAttachment('avatar')],
  'auth.ok': newTicket(),
  'auth.ok.json_suffix': newTicket(),
  'auth.lock.profile_shows': { ...recordedObject('auth.lock.profile') }, // 9.1 #24
  'tick.create.json_suffix': newTicket(),
  'tick.create.social': newTicket(),
  'tick.get.json': { ...recordedObject('tick.get'), lastRequestTime: anyTime },
  'tick.disable_willdis': profileOf('tick.profile_to_disable', { enabled: false }),
  'pl.get': recordedObject('pl.create'),
  'pl.get.after_refresh': recordedObject('pl.refresh'),
  'perm.read_only.tenant_get_corp': tenantOf('perm.tenant_corp'),
  'perm.read_only.tenant_count': 2,
  'perm.no_tickets.tenant_get_corp': tenantOf('perm.tenant_corp'),
  'perm.no_tickets.by_username_default': { ...jdoe, attributes: { firstName: 'John', lastName: 'Doe' } },
  'perm.master_no_permissions.tokens_all': [
    ...(Array.isArray(tokensBefore) ? tokensBefore : []),
    ...[
      'perm.token_corp_only',
      'perm.token_read_only',
      'perm.token_profiles_only',
      'perm.token_no_tickets',
      'perm.token_no_permissions',
      'perm.token_null_permissions',
      'perm.token_master_no_permissions',
      'perm.token_first_match_wins',
    ].map((name) => permissionsAsList(recordedObject(name))),
  ],
  'perm.first_match.tenant_get_default': defaultTenant,
};

/** What the contract says of every exchange whose answer was held back. */
export const expected: ReadonlyMap<string, Answer> = new Map([
  ...Object.entries(errors).flatMap(([error, names]) => names.map((name) => [name, errorOf(error)] as const)),
  ...withoutBody.map((name) => [name, empty] as const),
  ...Object.entries(bodies).map(([name, body]) => [name, json(body)] as const),
]);
