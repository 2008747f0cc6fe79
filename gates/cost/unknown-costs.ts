import type { MissingInput } from '../../src/contract/measure.ts';
import { runsWithoutCalls } from '../../src/contract/unseen-calls.ts';
import type { Stratum } from './mean-estimate.ts';
import { countUnpriced, describeUnpriced, mergeUnpriced, remedyUnpriced, type UnpricedCalls } from './unpriced.ts';

interface Unknown {
  readonly what: string;
  readonly missing: MissingInput;
}

/**
 * Why the costs of these runs are not all known, or undefined when they are. A run without a model call counts as
 * unknown: whether it made none or the recording lost them cannot be told apart.
 */
export function whyUnknown(strata: readonly Stratum[]): Unknown | undefined {
  const unpriced = strata.reduce<UnpricedCalls>((total, { sample }) => mergeUnpriced(total, sample.unpriced), {});
  const silent = strata.reduce((total, { sample }) => total + sample.runsWithoutCalls, 0);
  const whats = [describeUnpriced(unpriced)];
  const remedies = [remedyUnpriced(unpriced)];
  if (silent > 0) {
    whats.push(runsWithoutCalls(silent));
    remedies.push('Export the model calls of every run.');
  }
  const free = strata.filter(isFree).map(({ id }) => id);
  if (free.length > 0) {
    whats.push(`no run of ${free.join(', ')} with a call that cost anything`);
    remedies.push('Record runs in which the model answered.');
  }
  const what = whats.filter((text) => text !== '').join(', ');
  if (what === '') return undefined;
  return { what, missing: { input: 'prices of all model calls', remedy: remedies.join(' ').trim() } };
}

/** Every call was refused: that says nothing about what an answer costs. */
function isFree({ sample }: Stratum): boolean {
  return sample.sum === 0n && sample.runsWithoutCalls === 0 && countUnpriced(sample.unpriced) === 0;
}
