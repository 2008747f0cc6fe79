import type { LiveTraffic, UpstreamTrouble } from '../../contract/live-traffic.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import { upstreamTrouble } from '../../observe/live/upstream-trouble.ts';
import type { Bypass } from '../../observe/proxy/bypass-counter.ts';

const MOST_PROBLEMS = 5;
const OTHER_PROBLEMS = '(other problems)';
const LONGEST_PROBLEM = 300;
const MOST_PATHS = 20;

/** Counts the runs that show nothing of the workload, by reason. */
export interface Troubles {
  /** @returns whether the run is one of them, and has to be left out */
  count(run: LiveRun): boolean;
  /** Most first; the rest is summed up. */
  counted(): readonly UpstreamTrouble[];
}

export function createTroubles(redact: (text: string) => string): Troubles {
  const counts = createProblemCounts(redact);
  return {
    count: (run) => {
      const trouble = upstreamTrouble(run);
      if (trouble !== undefined) counts.add(trouble);
      return trouble !== undefined;
    },
    counted: counts.counted,
  };
}

function createProblemCounts(redact: (text: string) => string) {
  const counts = new Map<string, number>();
  return {
    add(problem: string): void {
      const shown = redact(problem).slice(0, LONGEST_PROBLEM);
      counts.set(shown, (counts.get(shown) ?? 0) + 1);
    },
    counted(): readonly UpstreamTrouble[] {
      const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      const rest = sorted.slice(MOST_PROBLEMS).reduce((sum, [, runs]) => sum + runs, 0);
      const named = sorted.slice(0, MOST_PROBLEMS).map(([problem, runs]) => ({ problem, runs }));
      return rest === 0 ? named : [...named, { problem: OTHER_PROBLEMS, runs: rest }];
    },
  };
}

/** Counts what the proxy saw of the healthy runs, one run after the other. */
export interface TrafficTally {
  /** @returns whether the run shows how the workload is, and belongs in the recording */
  add(run: LiveRun): boolean;
  traffic(bypasses: readonly Bypass[]): LiveTraffic;
}

export function createTrafficTally(redact: (text: string) => string): TrafficTally {
  const troubles = createTroubles(redact);
  const failures = createProblemCounts(redact);
  const [ids, scenarios, asked, paths] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  let [refusedSpans, partialSpans] = [0, 0];
  return {
    add: (run) => {
      ids.add(run.id);
      const isRefused = (run.refusedSpans ?? 0) > 0;
      if (isRefused && run.spans.length === 0) refusedSpans += 1;
      if (isRefused && run.spans.length > 0) partialSpans += 1;
      // A case of user harm belongs to no scenario, and may be answered without a model.
      if (run.harm === undefined) scenarios.add(run.scenario);
      if (run.exchanges.length > 0) asked.add(run.scenario);
      for (const path of run.unknownPaths) if (paths.size < MOST_PATHS) paths.add(path);
      const isTold = !troubles.count(run);
      if (isTold && run.ending === 'failed')
        failures.add(run.problem ?? (run.exit ? `ended with ${run.exit}` : 'failed'));
      return isTold;
    },
    traffic: (bypasses) => ({
      runs: ids.size,
      unanswered: troubles.counted(),
      unaskedScenarios: [...scenarios].filter((scenario) => !asked.has(scenario)),
      // Who sends no credentials cannot be told apart from a drill.
      bypasses: bypasses
        .filter(({ runId }) => runId === undefined || ids.has(runId))
        .map(({ host, count }) => ({ host, count })),
      unknownPaths: [...paths],
      ...(failures.counted().length === 0 ? {} : { failures: failures.counted() }),
      ...(refusedSpans === 0 ? {} : { refusedSpans }),
      ...(partialSpans === 0 ? {} : { partialSpans }),
    }),
  };
}
