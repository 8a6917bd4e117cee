import * as z from 'zod/mini';

/** A value as the store's protocol writes it: `{"S": "text"}`, `{"N": "1.5"}`, … Each kind has a field of its own. */
export interface RawValue {
  readonly S?: string;
  readonly N?: string;
  readonly BOOL?: boolean;
  readonly SS?: readonly string[];
  readonly M?: RawItem;
}
/** An item as the store's protocol writes it: to be parsed before it is used. */
export type RawItem = { readonly [attribute: string]: RawValue | undefined };

const answerBody = z.looseObject({
  Responses: z.optional(z.record(z.string(), z.array(z.custom<RawItem>()))),
  Items: z.optional(z.array(z.custom<RawItem>())),
});

const withBody = z.looseObject({ statusCode: z.literal(200), body: z.custom<AsyncIterable<Uint8Array>>() });

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Where in the SDK's way of an answer it is taken: before the SDK has read it. */
export const beforeTheSdk = { step: 'deserialize', priority: 'low', name: 'takeItemsRaw' } as const;

/**
 * Takes the items of one command's answer as they come, past the SDK, which spends more on one than everything else that is done with it. The rest of the
 * answer, and one that is none, goes its way.
 */
export class RawItems {
  items: readonly RawItem[] = [];

  /** For the command's own stack, `beforeTheSdk`. */
  readonly taking =
    <Args, Result extends { response: unknown }>(next: (args: Args) => Promise<Result>) =>
    async (args: Args): Promise<Result> => {
      const result = await next(args);
      const { response } = result;
      const { data: answer } = withBody.safeParse(response);
      if (answer === undefined) return result;
      const { Responses = {}, Items = [], ...rest } = answerBody.parse(JSON.parse(String(await bytesOf(answer.body))));
      this.items = [...Object.values(Responses).flat(), ...Items];
      Object.assign(Object(response), { body: Buffer.from(JSON.stringify(rest)) });
      return result;
    };
}
