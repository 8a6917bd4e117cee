import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

/** A program: makes the types for openapi-fetch of the document at the first path, at the second. As the tool documents it, a file is a `Blob`. */
const [document = '', types = ''] = process.argv.slice(2);
const blob = ts.factory.createTypeReferenceNode('Blob');
const nodes = await openapiTS(readFileSync(document, 'utf8'), {
  transform: ({ format }) => (format === 'binary' ? blob : undefined),
});
writeFileSync(types, astToString(nodes));
