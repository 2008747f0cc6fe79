import { classifyDrill } from '../../src/contract/classify-drill.ts';
import { answeringAttempt } from '../../src/contract/drill-attempts.ts';
import type { DrillRun, Drills } from '../../src/contract/drill-run.ts';
import type { Plan } from '../../src/contract/plan.ts';
import { addTrial, type FallbackTrials, noTrials } from './fallback-trials.ts';
import type { Trial } from './switch-trial.ts';

/** What drills show of the declared fallbacks. */
export interface DrillTrials {
  /** In the order of `Plan.models.fallback`; drills at the real providers alone. */
  readonly trials: readonly FallbackTrials[];
  /** Drills in which a simulated or replayed fallback took over: they show nothing of the real one. */
  readonly played: number;
}

/** Counts the drills in which the primary gave no whole answer and no other model met the fault. */
export function drillTrials(drills: Drills | undefined, plan: Plan): DrillTrials {
  const trials = plan.models.fallback.map(noTrials);
  let played = 0;
  for (const run of drills?.runs ?? []) {
    const trial = trialOf(run, plan);
    const into = trial && trials[trial.fallback];
    if (trial === undefined || into === undefined) continue;
    if (run.kind === 'live') addTrial(into, trial.became, run.ref);
    else if (trial.became === 'succeeded') played += 1;
  }
  return { trials, played };
}

/** Undefined: the drill put no fallback to the test. */
function trialOf(run: DrillRun, plan: Plan): Trial | undefined {
  const hasFailed = run.attempts.some(
    ({ route, isFaulted, isComplete }) => route === 'primary' && isFaulted && !isComplete,
  );
  if (!hasFailed || run.attempts.some(({ route, isFaulted }) => route !== 'primary' && isFaulted)) return undefined;
  const verdict = classifyDrill(run, plan);
  if (verdict === 'recovered') return undefined;
  const answering = plan.models.fallback.findIndex((_, index) => answeringAttempt(run)?.route === `fallback/${index}`);
  if (verdict === undefined) return { fallback: Math.max(answering, 0), became: 'unknown' };
  const isSwitched = verdict === 'switched' && answering !== -1;
  return { fallback: Math.max(answering, 0), became: isSwitched ? 'succeeded' : 'failed' };
}
