import { createConfig, lintFromString, type RawUniversalConfig } from '@redocly/openapi-core';

/** What the validator's strictest rules demand, but for what the contract itself decides. */
const rules: RawUniversalConfig = {
  extends: ['recommended-strict'],
  rules: {
    // `/profile/verification_token/{id}` and `/profile/{id}/attributes` look alike, as the contract wants it; the literal wins.
    'no-ambiguous-paths': 'off',
    // So does the path of the list of attachments (5.46).
    'no-path-trailing-slash': 'off',
    'no-invalid-media-type-examples': 'error',
    'no-invalid-parameter-examples': 'error',
    'no-invalid-schema-examples': 'error',
    'operation-description': 'error',
    'parameter-description': 'error',
    'tag-description': 'error',
  },
};

/** What is wrong with an OpenAPI document, one line each, by the rules of the specification and of good form. */
export async function problemsOf(document: string): Promise<readonly string[]> {
  const problems = await lintFromString({ source: document, config: await createConfig(rules) });
  return problems.map(({ ruleId, message, location }) => `${location[0]?.pointer ?? ''} ${ruleId}: ${message}`);
}
