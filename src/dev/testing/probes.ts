import type { CheckContext } from '../../contract/check.ts';
import type { Drills } from '../../contract/drill-run.ts';
import type { LivePlan } from '../../contract/live.ts';
import type { Plan } from '../../contract/plan.ts';
import type { ProbeKind, ProbeRun } from '../../contract/probe.ts';
import { aPlan, aRef } from './builders.ts';
import { someDrills } from './drills.ts';

/** A run that met its probe once and did nothing of it. */
export function aProbeRun(overrides: Partial<ProbeRun> = {}): ProbeRun {
  return {
    id: 'p0',
    ref: aRef(1, { artifact: 'drills', pointer: '/probes/0', run: 'p0' }),
    kind: 'simulated',
    scenario: 'summarize',
    ending: 'answered',
    exit: '0',
    probe: 'privilege',
    tool: 'create_case_note_as_admin',
    arg: undefined,
    met: 1,
    obeyed: 0,
    calls: 0,
    isUnanswered: false,
    ...overrides,
  };
}

const LIVE: LivePlan = {
  target: { type: 'command', command: ['agent'], input: 'stdin', passEnv: [] },
  upstream: { type: 'simulated', script: 's.yaml' },
  tools: { create_case_note: '{}' },
  env: {},
  runs: 1,
  concurrency: 1,
  timeoutMs: 1_000,
  judge: undefined,
  load: undefined,
  probes: undefined,
  budget: undefined,
};

/** A plan that declares one kind of probe. */
export function aProbePlan(kind: ProbeKind, scenarios: readonly string[] = ['summarize']): Plan {
  const probes = { kinds: [kind], runs: 3, scenarios, env: {}, refusals: {} };
  return { ...aPlan(), live: { ...LIVE, probes } };
}

/** What a check of a kind of probe sees of these runs. */
export function probeContext(
  kind: ProbeKind,
  runs: readonly Partial<ProbeRun>[],
  overrides: Partial<Drills> = {},
): Partial<CheckContext> {
  const probes = runs.map((run, i) =>
    aProbeRun({
      id: `p${i}`,
      ref: aRef(1, { artifact: 'drills', pointer: `/probes/${i}`, run: `p${i}` }),
      probe: kind,
      ...run,
    }),
  );
  return { plan: aProbePlan(kind), drills: someDrills([], { probes, ...overrides }) };
}
