import type * as z from 'zod/mini';
import {
  accessTokenBody,
  attributeDefinitionBody,
  jsonObject,
  tenantBody,
} from '../../functions/shared/http/bodies.ts';
import { accessTokenResource } from '../../functions/shared/http/resources/access-token.ts';
import { attachmentResource } from '../../functions/shared/http/resources/attachment.ts';
import { memoryResource, statusResource, versionResource } from '../../functions/shared/http/resources/monitoring.ts';
import { persistentLoginResource } from '../../functions/shared/http/resources/persistent-login.ts';
import { attributesResource, profileResource } from '../../functions/shared/http/resources/profile.ts';
import { tenantResource } from '../../functions/shared/http/resources/tenant.ts';
import { ticketResource } from '../../functions/shared/http/resources/ticket.ts';
import { verificationTokenResource } from '../../functions/shared/http/resources/verification-token.ts';

type NamedSchemas = Readonly<Record<string, z.core.$ZodType>>;

/** What answers are made of, by the name that the document gives it. */
export const answerComponents = {
  Profile: profileResource,
  Attributes: attributesResource,
  Tenant: tenantResource,
  AttributeDefinition: tenantResource.shape.attributeDefinitions.def.element,
  AccessToken: accessTokenResource,
  Ticket: ticketResource,
  PersistentLogin: persistentLoginResource,
  VerificationToken: verificationTokenResource,
  ProfileAttachment: attachmentResource,
  Memory: memoryResource,
  Status: statusResource,
  Version: versionResource,
} satisfies NamedSchemas;

/** What JSON bodies are made of. */
export const bodyComponents = {
  TenantInput: tenantBody,
  AttributeDefinitionInput: attributeDefinitionBody,
  AccessTokenInput: accessTokenBody,
  JsonObject: jsonObject,
} satisfies NamedSchemas;
