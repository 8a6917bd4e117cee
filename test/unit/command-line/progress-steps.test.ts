import { setTimeout as sleep } from 'node:timers/promises';
import { progressOn } from '../../../lib/progress.ts';

function screen(isTTY: boolean, columns = 40) {
  let text = '';
  return {
    isTTY,
    columns,
    write: (more: string) => {
      text += more;
    },
    text: () => text,
  };
}

test('elsewhere than on a terminal each step is one plain line, with its time and what came of it', async () => {
  const pipe = screen(false);
  const progress = progressOn(pipe, { TERM: 'xterm' });
  const work = progress.step('data', async (tell) => {
    tell('1 of 2');
    await sleep(600);
    tell('2 of 2');
    return 5;
  });
  expect(await work).toBe(5);
  progress.line('Done.');
  expect(pipe.text()).toMatch(/^ {2}data 0\.\d s \(2 of 2\)\nDone\.\n$/);
});

test('on a terminal the last line says what goes on, with its seconds, and is wiped for a line', async () => {
  const terminal = screen(true);
  const progress = progressOn(terminal, { TERM: 'xterm' });
  await progress.step('tables', async (tell) => {
    tell('many');
    await sleep(1100);
  });
  expect(terminal.text()).toContain('\r\u001B[K  … tables 0 s');
  expect(terminal.text()).toContain('\r\u001B[K  … tables 1 s (many)');
  expect(terminal.text().split('\r').at(-1)?.slice(3)).toMatch(/^ {2}tables 1\.\d s \(many\)\n$/);
});

test('the last line is never longer than the terminal is wide', async () => {
  const terminal = screen(true, 20);
  await progressOn(terminal, {}).step('a name that is longer than the line', async () => undefined);
  expect(terminal.text().split('\r')[1]).toBe('\u001B[K  … a name that is ');
});

test('a terminal that cannot repaint is told in lines, a pipe of CI is not', async () => {
  const lines = async (environment: NodeJS.ProcessEnv) => {
    const terminal = screen(true);
    await progressOn(terminal, environment).step('build', () => sleep(2700));
    return terminal.text();
  };
  const [dumb, ci] = await Promise.all([lines({ TERM: 'dumb' }), lines({ CI: 'true' })]);
  expect(dumb).toMatch(/^ {2}… build [23] s\n {2}build 2\.\d s\n$/);
  expect(ci).toMatch(/^ {2}build 2\.\d s\n$/);
});

test('a step that fails is no line, and its failure goes on', async () => {
  const pipe = screen(false);
  const failing = progressOn(pipe, {}).step('S3', async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(pipe.text()).toBe('');
});
