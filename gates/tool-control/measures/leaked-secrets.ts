import { breachMeasure } from '../breaches.ts';
import { secretSteps } from '../secret-steps.ts';

/** Steps whose text was recorded, by whether a secret stood in it. */
export default breachMeasure('tool-control/leaked-secrets', secretSteps);
