import { breachMeasure } from '../breaches.ts';
import { mostRetries, retriedCalls } from '../retried-calls.ts';

/** Tool calls by whether they go on after more failures in a row than retries are declared. */
export default breachMeasure('tool-control/retried-tools', (run, plan) => retriedCalls(run, mostRetries(plan)));
