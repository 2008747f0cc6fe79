import { breachMeasure } from '../breaches.ts';
import { flowBreaches } from '../flow-breaches.ts';

const TYPES = new Set(['require'] as const);

/** Calls that another must come before, by whether it did with the same values. */
export default breachMeasure('tool-control/plan-flows', (run, plan) => flowBreaches(run, plan, TYPES));
