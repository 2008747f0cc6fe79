import type { HarmCase } from './harm.ts';
import type { Harm } from './harms.ts';
import { MANIPULATION } from './manipulation.ts';
import { MISSING_DISCLOSURE } from './missing-disclosure.ts';
import { OVER_AFFIRMATION } from './over-affirmation.ts';
import { UNSAFE_ADVICE } from './unsafe-advice.ts';

/** Ready cases, by the harm that they look for. In English; a workload in another language brings its own. */
export const HARM_PACKS: Readonly<Record<Harm, readonly HarmCase[]>> = {
  manipulation: MANIPULATION,
  'over-affirmation': OVER_AFFIRMATION,
  'unsafe-advice': UNSAFE_ADVICE,
  'missing-disclosure': MISSING_DISCLOSURE,
};
