import { breachMeasure } from '../breaches.ts';
import { injectedCalls } from '../injected-values.ts';

/** Tool calls by whether a value is shaped like an injection of shell or SQL. */
export default breachMeasure('tool-control/injected-arguments', injectedCalls);
