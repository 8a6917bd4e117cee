import { faultsOf, otherCommands } from './commands.ts';
import { pageOf, pages } from './pages.ts';

const named = [...pages, ...['CONTRIBUTING.md', 'SECURITY.md'].map(pageOf)].flatMap((page) =>
  otherCommands(page).map((command) => ({ file: page.file, command })),
);

test('there are such commands', () => {
  expect(named.map(({ command }) => command)).toEqual(expect.arrayContaining(['npm start', 'npm run synth']));
});

test('every command is in a block that a test knows: run, or checked', () => {
  const blocks = pages.flatMap((page) => page.blocks.map((block) => ({ file: page.file, ...block })));
  const overlooked = blocks.filter(
    ({ language, isRun }) => !['sh', 'json', 'html', ''].includes(language) && !(isRun && language === 'ts'),
  );
  expect(overlooked).toEqual([]);
});

test.each(named)('$file: $command', ({ command }) => {
  expect(faultsOf(command)).toEqual([]);
});

test.each([
  ['npm run readme', 'there is no script readme'],
  ['npm start -- --prot 9090', 'start has no option --prot'],
  ['npm start --port 9090', 'options need "--" before them'],
  ['npm run admin -- bootstarp', 'admin has no command bootstarp'],
  ['npm run admin -- import FILE --stages x', 'admin has no option --stages'],
  ['npm run deploy -- -c stagge=production', 'there is no setting stagge'],
  ['npm run deploy -- --stages production', 'deploy has no option --stages'],
  ['npm run invoke -- profile/resets', 'there is no function profile/resets'],
  ['npm start -- --fresh --data lib/local/none.json', 'there is no file lib/local/none.json'],
  ['TICKET_AGE=5 npm start', 'no TICKET_AGE'],
  ['make', 'neither run by a test nor known'],
])('%s would be found', (command, fault) => {
  expect(faultsOf(command)).toEqual([fault]);
});
