import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { type ErrorKind, wireErrorOf } from '../../functions/shared/errors/catalogue.ts';
import { endpoints } from '../endpoints.ts';
import { type Answer, type Call, Unanswered } from './send.ts';
import { Mismatch, type Outcome, type Scene, type Step } from './step.ts';
import type { Story } from './story.ts';

type Fields = Readonly<Record<string, string>>;

/** What a request carries besides the path of its operation. */
interface Given {
  /** The variables of the path. */
  readonly path?: Fields;
  readonly query?: Fields;
  readonly form?: Fields;
  readonly upload?: FormData;
}

interface CallStep {
  readonly name: string;
  readonly operation: string;
  readonly call: (story: Story, scene: Scene) => Given;
  /** The error that is the right answer; absent: 200 is. */
  readonly expects?: ErrorKind;
  /** Looks into the right answer, and keeps what later steps need; throws a `Mismatch`. */
  readonly check?: (answer: Answer, scene: Scene) => void | Promise<void>;
  /** What it reads follows a write after a moment: it is tried again until then. */
  readonly settles?: true;
}

const SETTLED_WITHIN_MS = 10_000;
const PAUSE_MS = 300;

const problem = z.object({ errorCode: z.string(), message: z.string() });

function endpointOf(operation: string) {
  const endpoint = endpoints.find(({ contract }) => contract.operationId === operation);
  if (endpoint === undefined) throw new Error(`There is no operation ${operation}`);
  return endpoint;
}

/** A request for an operation, with the method and the path of its contract. */
function callOf(operation: string, { path = {}, query, form, upload }: Given): Call {
  const { contract } = endpointOf(operation);
  const filled = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const body = upload ?? (form && new URLSearchParams(form));
  return {
    method: contract.method,
    path: query === undefined ? filled : `${filled}?${new URLSearchParams(query)}`,
    ...(body === undefined ? {} : { body }),
  };
}

/** An answer as a fault shows it. */
function shown({ status, json }: Answer): string {
  const { success, data } = z.safeParse(problem, json);
  return success ? `${status} ${data.errorCode} "${data.message}"` : String(status);
}

/** Throws a `Mismatch` unless the answer is a 200. */
export function requireGood(answer: Answer): void {
  if (answer.status !== 200) throw new Mismatch(`200 was expected, and the answer is ${shown(answer)}`);
}

/** Throws a `Mismatch` unless the answer is this error, in the words of the installation's wire line. */
export function requireError(answer: Answer, kind: ErrorKind, { wireLine }: Scene): void {
  const [status, errorCode] = wireErrorOf(kind, wireLine.errors);
  const { data } = z.safeParse(problem, answer.json);
  if (answer.status !== status || data?.errorCode !== errorCode)
    throw new Mismatch(`${status} ${errorCode} was expected, and the answer is ${shown(answer)}`);
}

/** Sends a call and judges its answer by what throws a `Mismatch`. */
export async function outcomeOf(
  call: Call,
  scene: Scene,
  judge: (answer: Answer) => void | Promise<void>,
): Promise<Outcome> {
  let answer: Answer | undefined;
  try {
    answer = await scene.send(call);
    await judge(answer);
    return { status: String(answer.status) };
  } catch (failure) {
    if (failure instanceof Unanswered) return { status: '-', fault: failure.message, isUnanswered: true };
    if (!(failure instanceof Mismatch)) throw failure;
    return { status: String(answer?.status ?? '-'), fault: failure.message, requestId: answer?.requestId };
  }
}

async function judge(answer: Answer, scene: Scene, { operation, expects, check }: CallStep): Promise<void> {
  const { absent } = endpointOf(operation).contract;
  // The oldest line answers that something is absent with nothing.
  if (expects === undefined || (expects === absent && scene.wireLine.errors === '3.0')) requireGood(answer);
  else requireError(answer, expects, scene);
  await check?.(answer, scene);
}

/** A step that calls one operation. */
export function callStep(step: CallStep): Step {
  const { name, operation, settles } = step;
  return {
    name,
    functionName: endpointOf(operation).name,
    run: async (scene) => {
      const call = callOf(operation, step.call(scene.story, scene));
      const giveUpMs = performance.now() + SETTLED_WITHIN_MS;
      for (;;) {
        const outcome = await outcomeOf(call, scene, (answer) => judge(answer, scene, step));
        const isOver = outcome.fault === undefined || !settles || outcome.status !== '200';
        if (isOver || performance.now() > giveUpMs) return outcome;
        await sleep(PAUSE_MS, undefined, { signal: scene.signal });
      }
    },
  };
}

/** The value of an answer, as far as a step looks into it; throws a `Mismatch` where it has another form. */
export function read<Schema extends z.ZodMiniType>(schema: Schema, { json }: Answer): z.output<Schema> {
  const { success, data } = z.safeParse(schema, json);
  if (!success) throw new Mismatch('the answer has not the form that the contract gives it');
  return data;
}
