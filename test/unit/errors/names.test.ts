import { globSync, readFileSync } from 'node:fs';

const sources = globSync('functions/**/*.ts').map((file) => [file, readFileSync(file, 'utf8')] as const);
const classes = sources.flatMap(([file, text]) =>
  [...text.matchAll(/class (\w+) extends \w*Error\b.*?\n\}/gs)].map(([body, name]) => ({ file, name, body })),
);

test('there are error classes', () => {
  expect(classes.map(({ name }) => name)).toEqual(expect.arrayContaining(['ApiError', 'ConfigurationError']));
});

test.each(classes)('$name has its name as text: the bundles shorten what classes are called', ({ name, body }) => {
  expect(body).toMatch(new RegExp(`\\bname(: string)? = '${name}'`));
});
