import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { DAY_MS } from '../instants.ts';
import { sourceIndex } from '../source-index.ts';

/** When the runs of one source began. */
export interface SourceTime {
  runs: number;
  /** Runs without a recorded start. */
  untimed: number;
  /** Runs that began first, `value` the negated Unix time in ms; and last, `value` the Unix time in ms. */
  first: Witness[];
  last: Witness[];
}

export interface SourceTimes {
  /** In the order of the declared sources. */
  sources: SourceTime[];
  /** Days since 1970 (UTC) on which runs of sources declared as production began, ascending; the first `MOST_DAYS`. */
  productionDays: number[];
}

/** More than a limit can ask for. Keeping the earliest gives every split and order of the runs the same state. */
const MOST_DAYS = 400;

/** Over what time the runs of each source lie. */
export default defineMeasure<SourceTimes, SourceTimes>({
  id: 'evidence/source-times',
  population: 'all',
  unseen: UNSEEN_RUNS,
  empty: ({ sources }) => ({
    sources: sources.map(() => ({ runs: 0, untimed: 0, first: [], last: [] })),
    productionDays: [],
  }),
  add(state, { startMs, ref }, plan) {
    const index = sourceIndex(ref);
    const source = state.sources[index];
    if (source === undefined) return;
    source.runs += 1;
    if (startMs === undefined) {
      source.untimed += 1;
      return;
    }
    const began = Math.floor(startMs);
    keepWitness(source.first, { value: -began, ref });
    keepWitness(source.last, { value: began, ref });
    if (plan.sources[index]?.origin === 'production') addDay(state.productionDays, Math.floor(began / DAY_MS));
  },
  merge(a, b) {
    const productionDays = [...a.productionDays];
    for (const day of b.productionDays) addDay(productionDays, day);
    return { sources: a.sources.map((source, index) => mergeSources(source, b.sources[index])), productionDays };
  },
  finish: (state) => (state.sources.some(({ runs }) => runs > 0) ? state : undefined),
});

function mergeSources(a: SourceTime, b: SourceTime | undefined): SourceTime {
  if (b === undefined) return a;
  return {
    runs: a.runs + b.runs,
    untimed: a.untimed + b.untimed,
    first: mergeWitnesses(a.first, b.first),
    last: mergeWitnesses(a.last, b.last),
  };
}

/** Adds a day in place. Runs mostly come in the order of their time, so the search begins at the end. */
function addDay(days: number[], day: number): void {
  let at = days.length;
  while (at > 0 && (days[at - 1] ?? day) > day) at -= 1;
  if (days[at - 1] === day) return;
  days.splice(at, 0, day);
  if (days.length > MOST_DAYS) days.length = MOST_DAYS;
}
