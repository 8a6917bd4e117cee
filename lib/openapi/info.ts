import { catalogue, type ErrorKind, wireErrorOf } from '../../functions/shared/errors/catalogue.ts';
import { sample } from './sample.ts';

const wordsOf = (kind: string) => kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The errors that the older wire line answers differently, as a table. */
function olderLine(): string {
  const rows = Object.entries(catalogue).flatMap(([kind, entry]) =>
    '3.0' in entry ? [`| ${wordsOf(kind)} | \`${entry['3.1'].join(' ')}\` | \`${entry['3.0'].join(' ')}\` |`] : [],
  );
  return ['| error | 3.1 | 3.0 |', '|---|---|---|', ...rows].join('\n');
}

const code = (kind: ErrorKind) => `\`${wireErrorOf(kind, '3.1').join(' ')}\``;

/** What holds for every operation (contract 1, 3, 9.1 and 11). */
export const description = `Stores user profiles, sign-in tickets, verification tokens and tenants for many applications at once, and answers the Crafter Profile REST API.

## Requests
Only GET and POST exist. A path may end in \`.json\`, on every route. An unknown path is ${code('unknownRoute')}, a wrong method ${code('methodNotAllowed')} with \`Allow\`.

Each operation is described with one type of body. What is described as a form may be in the query too, or in text parts of a \`multipart/form-data\` body, and partly here and partly there; a value in two places counts twice. Operations with a JSON body read their parameters from the query only.

* Text that is repeated is joined with commas.
* A list is repeated, or sent once with commas between its values.
* A boolean is \`true\`, \`on\`, \`yes\` or \`1\`, or \`false\`, \`off\`, \`no\` or \`0\`, in any case.
* An empty optional integer, boolean or sort order counts as absent.

In JSON bodies a number or boolean is taken for a text, \`"true"\` and \`"false"\` for booleans, and \`null\` for a property left out. Unknown properties are refused.

## Access
The access token of the calling application is needed everywhere but for monitoring, which has a token of its own. It goes into the header \`Authorization: Bearer\`; clients that cannot set it may send the parameter \`accessTokenId\`, in the query or a form, but URLs end up in logs. Either is enough; two different ones are ${code('invalidRequest')}. Checks come in this order: path and method, access token, body, parameters, and then those of the operation.

## Answers
No answer may be kept: each has \`Cache-Control: no-store\`. Success is always 200. Dates are epoch milliseconds. Nothing is left out of an object (but for \`cleanseAttributes\` of a tenant): what is not set is \`null\`. Errors have exactly two fields, \`errorCode\` and \`message\`; programs should look at the status and the code. A 500 names itself in the header \`x-request-id\`: tell it to the operator.

## Wire lines
This document describes the wire line 3.1. Deployments for older clients are set to 3.1.0 or 3.0. Both know no \`cleanseAttributes\`: nothing is cleansed, it is never written, and a body that has it is ${code('invalidRequest')}. On line 3.1.0 monitoring needs no token and looks at none. Line 3.0 has these errors besides:

${olderLine()}

There, too, reads of one thing that does not exist answer an empty 200 (said at each of them).

## Limits and answers of the gateway
What API Gateway answers by itself has a body of its own, \`{"message": "…"}\`: 413 above 10 MB, 414 and 431 for long addresses and headers, 429 when there are too many requests, 503 when it is unavailable. A result above 5.5 MB is ${code('invalidRequest')}: ask for less of it.`;

export const securitySchemes = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    description: `The access token of the calling application. In the local stack's sample data: \`${sample.accessToken}\`.`,
  },
};

/** In the order of a newcomer: sign-in first. */
export const tags = [
  { name: 'authentication', description: 'Sign-in, tickets and persistent logins.' },
  { name: 'profile', description: 'Profiles, passwords, verification tokens and attachments.' },
  { name: 'tenant', description: 'Tenants, their roles and the attributes of their profiles.' },
  { name: 'access_token', description: 'Which applications may call; for holders of a master token.' },
  { name: 'monitoring', description: 'What is running.' },
];
