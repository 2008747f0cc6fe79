import type { Run } from '../../src/contract/run.ts';

/** Tokens of one run, input and output of all its model calls. */
export interface RunTokens {
  /** Integer ≥ 0; undefined when a call that did not fail does not report them, or when there is no model call. */
  readonly tokens: number | undefined;
  /** Some were counted in the recorded text, which gives an upper end instead of a count. */
  readonly isEstimated: boolean;
}

/** A failed call that reports no tokens used none that anybody knows of. */
export function runTokens({ steps }: Pick<Run, 'steps'>): RunTokens {
  let [tokens, calls] = [0, 0];
  let isEstimated = false;
  for (const step of steps) {
    if (step.type !== 'model') continue;
    const { usage, usageSource, error } = step;
    calls += 1;
    isEstimated = isEstimated || usageSource === 'estimated';
    if (usage.input !== undefined && usage.output !== undefined) tokens += usage.input + usage.output;
    else if (error === undefined) return { tokens: undefined, isEstimated };
  }
  return { tokens: calls === 0 ? undefined : Math.min(tokens, Number.MAX_SAFE_INTEGER), isEstimated };
}
