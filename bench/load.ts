const PARALLEL = 16;

/** A request that is sent over and over. */
export interface LoadRequest {
  readonly url: string;
  /** The form of a POST; absent: a GET. */
  readonly form?: Readonly<Record<string, string>>;
}

async function sendOnce({ url, form }: LoadRequest): Promise<void> {
  const answer = await fetch(url, form && { method: 'POST', body: new URLSearchParams(form) });
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${body}`);
}

/** Requests a second that a server answers, a fixed number of them, some at a time. */
export async function rateOf(request: LoadRequest, requests: number): Promise<number> {
  let open = requests;
  const started = performance.now();
  const client = async () => {
    while (open-- > 0) await sendOnce(request);
  };
  await Promise.all(Array.from({ length: PARALLEL }, client));
  return requests / ((performance.now() - started) / 1000);
}
