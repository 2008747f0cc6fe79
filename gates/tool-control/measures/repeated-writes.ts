import { breachMeasure } from '../breaches.ts';
import { repeatedWrites } from '../repeated-writes.ts';

/** Calls of write tools by whether the same operation was sent before. */
export default breachMeasure('tool-control/repeated-writes', repeatedWrites);
