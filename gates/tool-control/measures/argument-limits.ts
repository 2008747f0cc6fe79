import { breachMeasure } from '../breaches.ts';
import { ruleBreaches } from '../rule-breaches.ts';

const KINDS = new Set(['argument', 'same-as-call', 'when'] as const);

/** Calls by whether their arguments keep the limits that the manifest declares. */
export default breachMeasure('tool-control/argument-limits', (run, plan) => ruleBreaches(run, plan, KINDS));
