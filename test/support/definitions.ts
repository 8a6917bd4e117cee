import type { AttributeDefinition } from '../../functions/shared/domain/tenant/attribute-definitions.ts';

/** Only this application may, and just this; everything unless said otherwise. */
export const allowing = (application: string, allowedActions: string[] = ['*']) => ({
  permissions: [{ application, allowedActions }],
});

/** A definition that lets every application do everything, without a default value, unless said otherwise. */
export const definition = (name: string, partial: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  name,
  metadata: null,
  defaultValue: null,
  ...allowing('*'),
  ...partial,
});
