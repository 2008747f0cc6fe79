import { breachMeasure } from '../breaches.ts';
import { originBreaches } from '../origin-breaches.ts';

/** Calls by whether their values come from where they may, or a human approved the very call. */
export default breachMeasure('tool-control/value-origins', originBreaches);
