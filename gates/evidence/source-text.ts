import { showName } from '../../src/contract/name-counts.ts';
import type { Source } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, round12 } from '../../src/contract/units.ts';
import type { ReadSource } from './read-source.ts';

/** Sources that a message describes one by one. */
const MOST_DESCRIBED = 5;

const SAMPLED: Readonly<Record<Source['sampling'], string>> = {
  none: 'declared complete',
  head: 'a head sample',
  tail: 'a tail sample, whose rates are those of what it kept',
  unknown: 'sampling not declared',
};

/** Which part of what took place each source is, and what was left out of it while it was read. */
export function describeSources(sources: readonly ReadSource[]): string {
  const rest = sources.length - MOST_DESCRIBED;
  const described = sources.slice(0, MOST_DESCRIBED).map(describe);
  return [...described, ...(rest > 0 ? [`${quantity(rest, 'more source')}`] : [])].join('; ');
}

function describe({ source, read }: ReadSource): string {
  const { recording, window, total, sampling, origin, excluded = [] } = source;
  const share = total === undefined ? '' : ` of ${formatNumber(total)} (${shareOf(read.runs, total)})`;
  const facts = [
    `${quantity(read.runs, `${origin} run`)}${share}`,
    SAMPLED[sampling],
    ...(window === undefined ? [] : [`${window[0]} to ${window[1]}`]),
    ...excluded
      .map(({ reason, runs }) => `${formatNumber(runs)} excluded as ${showName(reason)}`)
      .slice(0, MOST_DESCRIBED),
    ...(read.copiedRuns > 0 ? [`${quantity(read.copiedRuns, 'copied run')} not counted`] : []),
    ...(read.duplicateSpans > 0 ? [`${quantity(read.duplicateSpans, 'repeated span')} not counted`] : []),
  ];
  return `${showName(recording)}: ${facts.join(', ')}`;
}

function shareOf(runs: number, total: number): string {
  return formatMeasurement({ value: round12(runs / total), unit: 'ratio' });
}
