import type { IgnoredSpans, SourcePopulation } from '../../contract/population.ts';
import type { SpanBlock } from './span-row.ts';

/** Problems and scopes that are listed; the rest is counted. */
const LISTED_PROBLEMS = 5;
const LISTED_SCOPES = 10;
/** Scopes counted apart before they are summed up: a hostile recording could name a new one per span. */
const COUNTED_SCOPES = 1_000;
const OTHER_SCOPES = '(other scopes)';

/** What one source yielded; changes while it is read and while runs are assembled. */
export interface SourceTally {
  steps: number;
  runs: number;
  spans: number;
  duplicateSpans: number;
  backwardClocks: number;
  /** Steps whose recorded times cannot be true. */
  impossibleTimes: number;
  copiedRuns: number;
  sampledSpans: number;
  /** The weakest kind of evidence in it, whatever the source says. */
  kind: SpanBlock['kind'];
  weaken(kind: SpanBlock['kind']): void;
  /** Counts a span by whose words it is written in. */
  dialect(name: string): void;
  dialects(): SourcePopulation['dialects'];
  ignore(scope: string): void;
  problem(message: string, line: number): void;
  ignored(): readonly IgnoredSpans[];
  problems(): Pick<SourcePopulation, 'problems' | 'problemCount'>;
}

export function createSourceTally(): SourceTally {
  const scopes = new Map<string, number>();
  const dialects = new Map<string, number>();
  const problems: { line: number; message: string }[] = [];
  let problemCount = 0;
  return {
    steps: 0,
    runs: 0,
    spans: 0,
    duplicateSpans: 0,
    backwardClocks: 0,
    impossibleTimes: 0,
    copiedRuns: 0,
    sampledSpans: 0,
    kind: 'recorded',
    weaken(kind) {
      if (this.kind === 'recorded' || kind === 'declared') this.kind = kind;
    },
    dialect(name) {
      dialects.set(name, (dialects.get(name) ?? 0) + 1);
    },
    dialects: () =>
      [...dialects]
        .map(([name, spans]) => ({ name, spans }))
        .sort((a, b) => b.spans - a.spans || (a.name < b.name ? -1 : 1)),
    ignore(scope) {
      const name = scopes.has(scope) || scopes.size < COUNTED_SCOPES ? scope : OTHER_SCOPES;
      scopes.set(name, (scopes.get(name) ?? 0) + 1);
    },
    problem(message, line) {
      problemCount += 1;
      const last = problems[LISTED_PROBLEMS - 1];
      if (last !== undefined && byPlace(last, { line, message }) <= 0) return;
      problems.push({ line, message });
      // By place, because runs are assembled in another order than they are read.
      problems.sort(byPlace);
      problems.length = Math.min(problems.length, LISTED_PROBLEMS);
    },
    ignored() {
      const named = [...scopes]
        .filter(([scope]) => scope !== OTHER_SCOPES)
        .map(([scope, count]) => ({ scope, count }))
        .sort((a, b) => b.count - a.count || (a.scope < b.scope ? -1 : 1));
      const rest = named.slice(LISTED_SCOPES).reduce((sum, { count }) => sum + count, scopes.get(OTHER_SCOPES) ?? 0);
      return [...named.slice(0, LISTED_SCOPES), ...(rest === 0 ? [] : [{ scope: OTHER_SCOPES, count: rest }])];
    },
    problems: () => ({ problems, problemCount }),
  };
}

function byPlace(a: { line: number; message: string }, b: { line: number; message: string }): number {
  return a.line - b.line || (a.message < b.message ? -1 : Number(a.message > b.message));
}
