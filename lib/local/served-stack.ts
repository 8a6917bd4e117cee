import { ensureAuditKey } from '../../functions/shared/repositories/audit-key.ts';
import { expiredTokenWarnings } from '../admin/expired-tokens.ts';
import type { Progress } from '../progress.ts';
import { bundledFunctions, bundledHandler } from './bundled-functions.ts';
import { docsPage } from './docs-page.ts';
import { type LocalServer, type ServedRequest, startHttpServer } from './http-server.ts';
import { followOpenSweeps } from './open-sweeps.ts';
import type { Preparation } from './preparation.ts';
import { loadData } from './sample-data.ts';
import { stackArguments } from './stack-arguments.ts';
import { findTriable, type Triable } from './triable.ts';

interface ServeOptions {
  readonly outdir: string;
  readonly port: number;
  /** The folder of the stack. */
  readonly directory: string;
  readonly onServed: (request: ServedRequest) => void;
}

const dayAndTime = (date: Date) =>
  `${new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(date)}`;

function keptLine({ keptSince }: Preparation): string {
  return keptSince === undefined
    ? 'Going on with the data that are there already.'
    : `Going on with the data kept since ${dayAndTime(keptSince)} (--fresh starts anew).`;
}

/** Loads what a start begins with, unless there are data; throws what ended it. */
export async function loadFirstData(prepared: Preparation, progress: Progress, signal?: AbortSignal): Promise<void> {
  const { isNew, lines } = await progress.step('data', (tell) =>
    loadData(prepared, (profiles, share) => {
      tell(`${profiles.toLocaleString('en')} profiles, ${Math.floor(100 * share)} % of the files`);
      signal?.throwIfAborted();
    }),
  );
  for (const line of isNew ? lines : [keptLine(prepared)]) progress.line(line);
}

/** The API on its bundles, and what whoever uses it should know. */
export interface ServedStack {
  readonly server: LocalServer;
  readonly warnings: readonly string[];
  readonly triable: Triable;
}

/** Serves the bundles in `outdir` with pages beside them, on the services that the environment names. */
export async function serve({ outdir, port, directory, onServed }: ServeOptions): Promise<ServedStack> {
  const [warnings, triable] = await Promise.all([
    expiredTokenWarnings(stackArguments(directory), Date.now()),
    findTriable(Date.now()),
    ensureAuditKey(),
  ]);
  const sweeps = followOpenSweeps();
  const server = await startHttpServer({
    functions: bundledFunctions(outdir),
    fallback: bundledHandler(outdir, 'fallback'),
    port,
    page: docsPage,
    onServed: (request) => {
      onServed(request);
      sweeps.after(request);
    },
  });
  return { server, warnings, triable };
}
