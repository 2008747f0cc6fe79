import type { EvidenceRef } from '../contract/evidence.ts';
import { isFailing } from '../contract/finding.ts';
import type { RunResult } from '../contract/result.ts';
import { placeText } from './finding-facts.ts';
import type { ReportTable } from './report-table.ts';

const MOST_RUNS = 10;

interface CitedRun {
  readonly run: string;
  readonly place: string;
  /** Checks that failed on it; those that block before those that advise. */
  readonly checks: readonly string[];
  readonly blockers: number;
}

/** The runs that failing checks point at, the most often cited first: where to begin reading. */
export function worstRuns(result: RunResult): ReportTable {
  const runs = citedRuns(result).sort(
    (a, b) => b.blockers - a.blockers || b.checks.length - a.checks.length || (a.run < b.run ? -1 : 1),
  );
  return {
    title: 'Runs to look at first',
    columns: ['Run', 'Failing checks', 'Place'],
    rows: runs.slice(0, MOST_RUNS).map(({ run, checks, place }) => [run, checks.join(', '), place]),
    empty: 'No failing check points at a run.',
  };
}

function withoutRun({ artifact, line, pointer }: EvidenceRef): EvidenceRef {
  return { artifact, line, pointer };
}

function citedRuns({ findings, artifacts }: RunResult): CitedRun[] {
  const failing = findings.filter(isFailing);
  const ordered = [
    ...failing.filter(({ severity }) => severity === 'blocker'),
    ...failing.filter(({ severity }) => severity === 'advisory'),
  ];
  const cited = new Map<string, CitedRun>();
  for (const { checkId, severity, evidence } of ordered) {
    for (const ref of evidence) {
      if (ref.run === undefined) continue;
      const { run, place, checks, blockers } = cited.get(ref.run) ?? {
        run: ref.run,
        place: placeText(withoutRun(ref), artifacts),
        checks: [],
        blockers: 0,
      };
      if (checks.includes(checkId)) continue;
      const isBlocker = severity === 'blocker';
      cited.set(ref.run, { run, place, checks: [...checks, checkId], blockers: blockers + (isBlocker ? 1 : 0) });
    }
  }
  return [...cited.values()];
}
