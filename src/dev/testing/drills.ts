import type { DrillAttempt, DrillRun, Drills } from '../../contract/drill-run.ts';
import type { DrillPlan } from '../../contract/live.ts';
import { aPlan, aRef } from './builders.ts';

/** A request to the primary that met the fault: no answer came. */
export function aDrillAttempt(overrides: Partial<DrillAttempt> = {}): DrillAttempt {
  return {
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    route: 'primary',
    atMs: 0,
    durationMs: 500,
    status: 529,
    isFaulted: true,
    isComplete: false,
    sdkRetry: undefined,
    isRepeat: false,
    requestedTools: [],
    ...overrides,
  };
}

/** A request to the first fallback that was answered. */
export function anAnsweredAttempt(overrides: Partial<DrillAttempt> = {}): DrillAttempt {
  return aDrillAttempt({
    provider: 'openai',
    model: 'gpt-4.1',
    route: 'fallback/0',
    atMs: 500,
    durationMs: 700,
    status: 200,
    isFaulted: false,
    isComplete: true,
    ...overrides,
  });
}

/** A run in which the primary was overloaded and the fallback gave the expected answer. */
export function aDrillRun(overrides: Partial<DrillRun> = {}): DrillRun {
  const attempts = overrides.attempts ?? [aDrillAttempt(), anAnsweredAttempt()];
  return {
    id: 'd1',
    ref: aRef(1, { artifact: 'drills', pointer: '/runs/0', run: 'd1' }),
    kind: 'simulated',
    fault: 'overloaded-529',
    form: undefined,
    schedule: undefined,
    scenario: 'summarize',
    attempts,
    attemptCount: attempts.length,
    faulted: attempts.filter(({ isFaulted }) => isFaulted).length,
    isInapplicable: false,
    ending: 'answered',
    exit: '0',
    durationMs: 1_300,
    answer: 'Case C-1 is closed.',
    isExpected: true,
    saysDegraded: false,
    saysHandedOff: false,
    writesAfterFault: 0,
    repeatedWrites: undefined,
    leaksKey: false,
    costNanoUsd: 1_000_000,
    ...overrides,
  };
}

/** All of these runs, each with its own id and place. */
export function someDrills(runs: readonly Partial<DrillRun>[], overrides: Partial<Drills> = {}): Drills {
  return {
    runs: runs.map((run, i) =>
      aDrillRun({ id: `d${i}`, ref: aRef(1, { artifact: 'drills', pointer: `/runs/${i}`, run: `d${i}` }), ...run }),
    ),
    bypasses: [],
    stopped: undefined,
    unanswered: [],
    ...overrides,
  };
}

/** `count` runs of each of these faults, alike but for `run`. */
export function drillsOf(faults: readonly string[], count: number, run: Partial<DrillRun> = {}): Drills {
  return someDrills(faults.flatMap((fault) => Array.from({ length: count }, () => ({ fault, ...run }))));
}

/** A built plan that declares these faults in its one scenario. */
export function aDrillPlan(faults: readonly string[], overrides: Partial<DrillPlan> = {}) {
  const drills: DrillPlan = {
    faults,
    scheduled: [],
    runs: 3,
    scenarios: ['summarize'],
    degraded: undefined,
    handedOff: undefined,
    ...overrides,
  };
  return aPlan({ drills });
}
