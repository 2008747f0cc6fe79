import { bindingBreaches } from '../approval-terms.ts';
import { breachMeasure } from '../breaches.ts';

/** Approved calls by whether the approval was given for the values that the call had. */
export default breachMeasure('tool-control/approval-bindings', bindingBreaches);
