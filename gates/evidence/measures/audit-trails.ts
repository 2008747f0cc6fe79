import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import {
  addRun,
  emptyTally,
  mergeTallies,
  type RateTally,
  runsOf,
} from '../../../src/contract/statistics/rate-tally.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { AUDIT_PARTS, type AuditPart, hasPart } from '../audit-trail.ts';

export interface AuditTrails {
  /** Runs by whether the recording holds every part: what is not recorded is what is looked for, so none is unknown. */
  tallies: PerScenario<RateTally>;
  /** Runs that lack each part; one run may lack several. */
  lacking: Record<AuditPart, number>;
}

/** How completely the runs can be followed afterwards. */
export default defineMeasure<AuditTrails, AuditTrails>({
  id: 'evidence/audit-trails',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => ({
    tallies: perScenario(scenarios, emptyTally),
    lacking: { who: 0, version: 0, context: 0, decision: 0, approval: 0, outcome: 0 },
  }),
  add(state, run, plan) {
    const tally = valueFor(state.tallies, run);
    if (tally === undefined) return;
    let isComplete = true;
    for (const part of AUDIT_PARTS) {
      if (hasPart(part, run, plan)) continue;
      state.lacking[part] += 1;
      isComplete = false;
    }
    addRun(tally, isComplete ? 'good' : 'bad', run.ref);
  },
  merge: (a, b) => ({
    tallies: mergePerScenario(a.tallies, b.tallies, mergeTallies),
    lacking: {
      who: a.lacking.who + b.lacking.who,
      version: a.lacking.version + b.lacking.version,
      context: a.lacking.context + b.lacking.context,
      decision: a.lacking.decision + b.lacking.decision,
      approval: a.lacking.approval + b.lacking.approval,
      outcome: a.lacking.outcome + b.lacking.outcome,
    },
  }),
  finish: (state) => (Object.values(state.tallies).some((tally) => runsOf(tally) > 0) ? state : undefined),
});
