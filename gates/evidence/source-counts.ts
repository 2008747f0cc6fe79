import type { CheckResult } from '../../src/contract/check.ts';
import { manifestRef, pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan, Source } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../src/contract/units.ts';
import type { ReadSource } from './read-source.ts';

interface Accounting {
  readonly plan: Plan;
  /** Largest share of the declared total that may be unaccounted for. */
  readonly unexplained: number;
}

/** What keeps the runs of one source from being the declared part of the runs that took place. */
export function countIssues(of: ReadSource, { plan, unexplained }: Accounting): CheckResult[] {
  return [hiddenSampling(of, plan), withoutTotal(of, plan), wrongTotal(of, { plan, unexplained })].filter(
    (issue) => issue !== undefined,
  );
}

/**
 * Share of the declared total that is neither recorded nor said to be left out, or is so twice. Undefined without a
 * total. Where chance decides what a head sample leaves out, or damage what a recording lacks, only what is there twice
 * counts.
 */
export function unexplainedShare({ source, read }: ReadSource): number | undefined {
  const { total, sampling } = source;
  if (total === undefined) return undefined;
  const open = total - read.runs - excludedRuns(source);
  const isAccountedFor = sampling === 'head' || read.problemCount > 0;
  return isAccountedFor && open > 0 ? 0 : round12(Math.abs(open) / total);
}

function excludedRuns({ excluded = [] }: Source): number {
  return excluded.reduce((sum, { runs }) => sum + runs, 0);
}

/** A recording declared complete whose own spans say that others like them were left out. */
function hiddenSampling({ source, index, read }: ReadSource, plan: Plan): CheckResult | undefined {
  if (source.sampling !== 'none' || read.sampledSpans === 0) return undefined;
  return {
    outcome: 'fail',
    measured: { value: read.sampledSpans, unit: 'count' },
    limit: { value: 0, unit: 'count' },
    n: read.runs,
    message: `${showName(source.recording)} is declared complete (sampling: none), and ${quantity(read.sampledSpans, 'span')} in it ${read.sampledSpans === 1 ? 'says' : 'say'} that others were left out`,
    evidence: [manifestRef(plan, pointerOf('sources', index, 'sampling'))],
  };
}

function withoutTotal({ source, index, read }: ReadSource, plan: Plan): CheckResult | undefined {
  if ((source.sampling !== 'head' && source.sampling !== 'tail') || source.total !== undefined) return undefined;
  return {
    outcome: 'inconclusive',
    n: read.runs,
    message: `${showName(source.recording)} holds ${quantity(read.runs, 'run')} of a ${source.sampling} sample, of how many is not declared`,
    missing: {
      input: 'how many runs each sampled source was drawn from',
      remedy: 'Declare total for every sampled source: the runs that took place in its window, recorded or not.',
    },
    evidence: [manifestRef(plan, pointerOf('sources', index, 'sampling'))],
  };
}

function wrongTotal(of: ReadSource, { plan, unexplained }: Accounting): CheckResult | undefined {
  const { source, index, read } = of;
  const { total, excluded } = source;
  const share = unexplainedShare(of);
  if (total === undefined || share === undefined) return undefined;
  const name = showName(source.recording);
  const evidence = [manifestRef(plan, pointerOf('sources', index, 'total'))] as const;
  if (read.runs > total) {
    const message = `${name} holds ${quantity(read.runs, 'run')}, and only ${formatNumber(total)} are declared to have taken place`;
    const compared = { measured: count(read.runs), limit: count(total), n: read.runs };
    return { outcome: 'fail', ...compared, message, evidence };
  }
  if (share <= unexplained) return undefined;
  const [measured, limit] = [ratio(share), ratio(unexplained)];
  const compared = { measured, limit, limitName: 'unexplained', n: read.runs };
  if (excluded === undefined) {
    const message = `${name} holds ${formatNumber(read.runs)} of ${quantity(total, 'run')}, and why the others were left out is not declared`;
    return { outcome: 'inconclusive', ...compared, message, missing: MISSING_REASONS, evidence };
  }
  const left = excludedRuns(source);
  const what = read.runs + left > total ? 'are counted twice' : 'are not accounted for';
  const counted = `${name} holds ${formatNumber(read.runs)} of ${quantity(total, 'run')}, and ${formatNumber(left)} are declared as excluded`;
  const message = `${counted}: ${formatMeasurement(measured, limit)} ${what}, limit ${formatMeasurement(limit, limit)}`;
  return { outcome: 'fail', ...compared, message, evidence };
}

const MISSING_REASONS = {
  input: 'why runs were left out of the recordings',
  remedy: 'Declare excluded for every source with a total: the runs that were left out, by reason.',
};

function count(value: number): Measurement {
  return { value, unit: 'count' };
}

function ratio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
