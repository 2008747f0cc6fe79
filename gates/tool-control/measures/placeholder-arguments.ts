import { breachMeasure } from '../breaches.ts';
import { placeholderCalls } from '../placeholder-values.ts';

/** Tool calls by whether a value is one that models write when they do not know it. */
export default breachMeasure('tool-control/placeholder-arguments', placeholderCalls);
