import type { ErrorKind } from '../../../functions/shared/errors/catalogue.ts';
import { outcomeOf, requireError } from '../call-step.ts';
import type { Call } from '../send.ts';
import { Mismatch, type Scene, type Step } from '../step.ts';

/** A request that no endpoint takes; `allow` is what its answer says of methods. */
const strayStep = (
  name: string,
  expects: ErrorKind,
  { call, allow }: { call: (scene: Scene) => Call; allow: string | null },
): Step => ({
  name,
  functionName: 'fallback',
  run: async (scene) =>
    outcomeOf(call(scene), scene, (answer) => {
      requireError(answer, expects, scene);
      const allowed = answer.headers.get('allow');
      if (allowed !== allow) throw new Mismatch(`the header Allow should be ${allow}, and is ${allowed}`);
    }),
});

/** What is no call of the API is answered in the contract's form, too. */
export const unknown: readonly Step[] = [
  strayStep('an unknown path', 'unknownRoute', { call: () => ({ method: 'GET', path: '/smoke' }), allow: null }),
  strayStep('a method that a path does not have', 'methodNotAllowed', {
    call: ({ story }) => ({ method: 'DELETE', path: `/profile/${story.idOf('profile')}` }),
    allow: 'GET',
  }),
];
