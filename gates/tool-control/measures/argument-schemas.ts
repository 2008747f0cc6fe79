import { breachMeasure } from '../breaches.ts';
import { ruleBreaches } from '../rule-breaches.ts';

const KINDS = new Set(['schema'] as const);

/** Calls by whether their arguments meet the declared JSON schema. */
export default breachMeasure('tool-control/argument-schemas', (run, plan) => ruleBreaches(run, plan, KINDS));
