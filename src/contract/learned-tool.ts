import type { ServedTool } from './served/served-tools.ts';

/** What was seen of one argument of a tool; texts are redacted. */
export interface LearnedArgument {
  /** Types as JSON calls them, sorted: `string`, `number`, `boolean`, `object`, `array`, `null`. */
  readonly types: readonly string[];
  /** Calls that gave it. */
  readonly calls: number;
  /** Smallest and largest number; undefined = none was given. */
  readonly range: readonly [number, number] | undefined;
  /** Length of the longest text, in UTF-16 units; undefined = none was given. */
  readonly longest: number | undefined;
  /** Every text that was given, sorted; undefined = too many to be a list of allowed ones, or not only texts. */
  readonly values: readonly string[] | undefined;
}

/** A tool that a policy is proposed for, and what is known of it. */
export interface LearnedTool {
  /** As recordings and manifests call it. */
  readonly name: string;
  /** As its server or a list of tools defines it; undefined = not known. */
  readonly definition: ServedTool | undefined;
  /** Calls in recordings. */
  readonly calls: number;
  /** Approvals in recordings that name it. */
  readonly approvals: { readonly human: number; readonly other: number };
  readonly args: Readonly<Record<string, LearnedArgument>>;
  /** What else is to be said of it, such as `allowed by Claude Code`. */
  readonly notes: readonly string[];
}

/** A tool of which nothing is known but its name. */
export function unknownTool(name: string): LearnedTool {
  return { name, definition: undefined, calls: 0, approvals: { human: 0, other: 0 }, args: {}, notes: [] };
}
