import { type Finding, isFailing, type Outcome } from '../contract/finding.ts';
import { GATE_IDS, type Gate } from '../contract/gate.ts';
import type { Plan } from '../contract/plan.ts';
import type { Population } from '../contract/population.ts';
import type { Decision, GateResult, Verdict } from '../contract/result.ts';

interface Decided {
  readonly plan: Plan;
  readonly population: Population;
  readonly findings: readonly Finding[];
  readonly gates: readonly Gate[];
}

/**
 * Folds findings into the verdict: fail or error over inconclusive over pass, blockers only; no blocking
 * finding at all is inconclusive. Adding a finding never improves the decision unless it is the first.
 */
export function decide({ plan, population, findings, gates }: Decided): Verdict {
  const results = gates
    .toSorted((a, b) => GATE_IDS.indexOf(a.id) - GATE_IDS.indexOf(b.id))
    .map((gate) => gateResult(gate, findings));
  const decision = worst(results);
  const exitCode = exitCodeFor(decision, { plan, population, findings });
  const notReleasableBecause = whyNotReleasable(plan);
  return {
    decision,
    stage: plan.stage,
    lane: plan.workload.lane,
    blocking: exitCode !== 0,
    releasable: decision === 'pass' && exitCode === 0 && notReleasableBecause === null,
    notReleasableBecause: decision === 'pass' ? notReleasableBecause : null,
    exitCode,
    gates: results,
  };
}

function gateResult(gate: Gate, findings: readonly Finding[]): GateResult {
  const own = findings.filter((finding) => finding.gate === gate.id);
  const blocking = own.filter(({ severity }) => severity === 'blocker');
  const isIdle = own.length > 0 && own.every(({ outcome }) => outcome === 'not-applicable');
  return {
    id: gate.id,
    question: gate.question,
    outcome: isIdle ? 'not-applicable' : worst(blocking),
    counts: countOutcomes(own),
    because: isIdle ? [...new Set(own.map(({ message }) => message))].join('; ') : null,
  };
}

function worst(judged: readonly { readonly outcome: Outcome }[]): Decision {
  if (judged.some(isFailing)) return 'fail';
  const outcomes = judged.map(({ outcome }) => outcome);
  if (outcomes.includes('inconclusive')) return 'inconclusive';
  return outcomes.includes('pass') ? 'pass' : 'inconclusive';
}

function countOutcomes(findings: readonly Finding[]): Record<Outcome, number> {
  const counts = { pass: 0, fail: 0, inconclusive: 0, 'not-applicable': 0, error: 0 };
  for (const { outcome } of findings) counts[outcome] += 1;
  return counts;
}

/** The table of lane × stage. A check that threw, and a declared scenario without a run, block everywhere. */
function exitCodeFor(decision: Decision, { plan, population, findings }: Omit<Decided, 'gates'>): 0 | 1 | 3 {
  if (findings.some(({ outcome }) => outcome === 'error')) return 1;
  if (decision === 'fail' && plan.workload.lane !== 'experimental') return 1;
  if (plan.scenarios.some(({ id }) => (population.runsByScenario[id] ?? 0) === 0)) return 3;
  return decision === 'inconclusive' && blocksInconclusive(plan) ? 3 : 0;
}

function blocksInconclusive({ stage, workload: { lane }, rules }: Plan): boolean {
  switch (lane) {
    case 'experimental':
      return false;
    case 'early-access':
      return stage === 'release';
    case 'production':
      return stage === 'release' || rules.pr.inconclusive === 'block';
  }
}

function whyNotReleasable({ workload, stage, release }: Plan): string | null {
  if (workload.isDemo) return 'the workload is a demonstration';
  if (workload.lane === 'experimental') return 'the experimental lane never releases';
  if (stage === 'pr') return 'recording age is judged at the release stage only';
  if (release.revision === undefined) return 'the workload is not in a git work tree';
  return release.isDirty ? 'the work tree has changes that are not committed' : null;
}
