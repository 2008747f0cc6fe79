import { breachMeasure } from '../breaches.ts';
import { flowBreaches } from '../flow-breaches.ts';

const TYPES = new Set(['forbid', 'at-most'] as const);

/** Calls that a flow forbids after others or beyond a count, by whether they came so. */
export default breachMeasure('tool-control/forbidden-flows', (run, plan) => flowBreaches(run, plan, TYPES));
