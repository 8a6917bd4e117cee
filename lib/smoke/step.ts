import type { WireLine } from '../../functions/shared/config/wire-line.ts';
import type { Send } from './send.ts';
import type { Story } from './story.ts';

/** What a step has to do with. */
export interface Scene {
  readonly story: Story;
  readonly send: Send;
  readonly wireLine: WireLine;
  /** A page that mailed links may lead to. */
  readonly link: string;
  /** Where mail ends up on this machine; undefined where SES takes it. */
  readonly mailbox: string | undefined;
  readonly signal: AbortSignal;
}

/** What came of a step. */
export interface Outcome {
  /** The status of an answer, or a word. */
  readonly status: string;
  /** Why it is not as it should be; absent where it is. */
  readonly fault?: string | undefined;
  /** Under which the logs have it. */
  readonly requestId?: string | undefined;
  /** Nothing came back. */
  readonly isUnanswered?: true;
}

/** One thing that an installation has to be able to do. */
export interface Step {
  readonly name: string;
  /** The function that does it, for example `profile/create-profile`. */
  readonly functionName: string;
  /** Throws `NotMade` where an earlier step has failed that it builds on. */
  run(scene: Scene): Promise<Outcome>;
}

/** An answer is not what it should be; its message is for a person. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
}
