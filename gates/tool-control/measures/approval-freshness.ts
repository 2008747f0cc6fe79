import { freshnessBreaches } from '../approval-terms.ts';
import { breachMeasure } from '../breaches.ts';

/** Approved calls by whether the approval was fresh, used once and given by somebody else. */
export default breachMeasure('tool-control/approval-freshness', freshnessBreaches);
