import type { OptionName, OptionValues } from './command-options.ts';

/** A command of the operator, as help and checks see it. */
export interface AdminCommand {
  /** One word, or two: that of its group and its own. */
  readonly name: string;
  readonly summary: string;
  /** What stands for its one argument, or for as many as there are, in the help. */
  readonly argument?: { readonly name: string; readonly isOptional: boolean; readonly isMany?: boolean };
  /** The option that it cannot do without. */
  readonly requires?: OptionName;
  readonly options: readonly OptionName[];
  /** Options that may be given several times. */
  readonly repeats?: readonly OptionName[];
  /** What an option means to it, in place of what it means in general. */
  readonly notes?: Partial<Readonly<Record<OptionName, string>>>;
  /** Throws a `UsageError` before anything is read or written. `argument` is empty where it is optional and not given; `all` are those of a command that takes many. */
  run(values: OptionValues, argument: string, all: readonly string[]): Promise<void>;
}
