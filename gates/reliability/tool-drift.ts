import type { Pair } from '../../src/contract/statistics/pair.ts';
import type { Bounded } from '../../src/contract/statistics/weighted-difference.ts';
import { round12 } from '../../src/contract/units.ts';
import type { ToolSample } from './behaviour.ts';

/** ln(1 / 0.05) / 2: with it the deviation below is exceeded with a probability of at most 5 %. */
const HALF_LOG = Math.log(20) / 2;

/**
 * How far the shares of tools among all calls moved: the total variation distance, 0–1, a run without any call counting
 * as one call of nothing, weighted over scenarios. With probability 95 % the distance in the samples is not farther than
 * √(ln 20 ÷ 2 × Σ weight² × (1/n + 1/m)) from its mean (McDiarmid, 1989), where n and m are the effective numbers of runs
 * (Kish: calls² ÷ Σ calls of a run²). Its mean is never under the true distance, which gives the upper bound, and over
 * it by at most the noise of both samples, which is taken off the lower one.
 */
export function toolDrift(pairs: readonly Pair<ToolSample>[]): Bounded | undefined {
  let [estimate, noise, squares] = [0, 0, 0];
  for (const { weight, before, after } of pairs) {
    const [was, is] = [sharesOf(before), sharesOf(after)];
    if (was.total === 0 || is.total === 0) return undefined;
    estimate += weight * distanceOf(was.shares, is.shares);
    noise += weight * (noiseOf(was) + noiseOf(is));
    squares += weight ** 2 * (1 / was.effective + 1 / is.effective);
  }
  const deviation = Math.sqrt(HALF_LOG * squares);
  return {
    estimate: round12(estimate),
    lower: round12(Math.max(0, estimate - deviation - noise)),
    upper: round12(Math.min(1, estimate + deviation)),
  };
}

interface Shares {
  readonly total: number;
  /** Effective number of runs. */
  readonly effective: number;
  readonly shares: ReadonlyMap<string, number>;
}

/** Names that objects and tools cannot have. */
const NOTHING = '\u0000nothing';
const OTHERS = '\u0000others';

function sharesOf({ calls, runsWithout, squares }: ToolSample): Shares {
  const total = calls.total + runsWithout;
  const named = calls.names.reduce((sum, [, count]) => sum + count, 0);
  const counts: readonly [string, number][] = [...calls.names, [NOTHING, runsWithout], [OTHERS, calls.total - named]];
  const shares = new Map(counts.map(([name, count]) => [name, count / total]));
  return { total, effective: total ** 2 / squares, shares };
}

function distanceOf(a: Shares['shares'], b: Shares['shares']): number {
  let sum = 0;
  for (const name of new Set([...a.keys(), ...b.keys()])) sum += Math.abs((a.get(name) ?? 0) - (b.get(name) ?? 0));
  return sum / 2;
}

/** At most the mean distance of a sample of this size from where it was drawn: half the summed standard errors. */
function noiseOf({ effective, shares }: Shares): number {
  let sum = 0;
  for (const share of shares.values()) sum += Math.sqrt((share * (1 - share)) / effective);
  return sum / 2;
}
