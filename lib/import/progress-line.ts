import type { Heard } from './run-import.ts';

const REPAINT_MS = 500;
const REPEAT_MS = 10_000;
/** To the start of the line, and nothing after it. */
const WIPED = '\r\u001B[K';

const minutes = (ms: number) => {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
};

/** How far an import is, in words: profiles, how many a second, and how long the rest will take by the bytes that are read. */
export function progressText({ profiles, readBytes, allBytes }: Heard, elapsedMs: number): string {
  const share = allBytes === 0 ? 0 : Math.min(1, readBytes / allBytes);
  const rate = Math.round((1000 * profiles) / Math.max(1, elapsedMs));
  const left = share === 0 || elapsedMs < 3000 ? '' : `, ${minutes((elapsedMs / share) * (1 - share))} left`;
  return `${profiles.toLocaleString('en')} profiles (${rate.toLocaleString('en')}/s), ${Math.floor(100 * share)} % of the files${left}`;
}

/** Tells on standard error how far an import is: in one line that is repainted on a terminal, a line every ten seconds elsewhere. */
export function tellingProgress(): { readonly hear: (heard: Heard) => void; readonly end: () => void } {
  const beganMs = performance.now();
  const { stderr } = process;
  const repaints = stderr.isTTY && !process.env.CI && process.env.TERM !== 'dumb';
  let heard: Heard | undefined;
  const tell = () => {
    if (heard === undefined) return;
    const text = `  … ${progressText(heard, performance.now() - beganMs)}`;
    stderr.write(repaints ? `${WIPED}${text.slice(0, (stderr.columns || 80) - 1)}` : `${text}\n`);
  };
  const timer = setInterval(tell, repaints ? REPAINT_MS : REPEAT_MS).unref();
  return {
    hear: (more) => {
      heard = more;
    },
    end: () => {
      clearInterval(timer);
      if (repaints) stderr.write(WIPED);
    },
  };
}
