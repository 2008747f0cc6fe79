import type { DrillRun, Drills } from '../../contract/drill-run.ts';
import { aDrillAttempt, anAnsweredAttempt, someDrills } from './drills.ts';

/** Faults of the stories, as `drills.faults` would name them. */
export const DRILLED_FAULTS = ['stream-stall', 'stream-truncate-clean', 'overloaded-529', 'outage-all', 'recovery'];

const again = (count: number): Pick<DrillRun, 'attempts'> => ({
  attempts: Array.from({ length: count + 1 }, (_, i) =>
    aDrillAttempt({ atMs: i * 900, sdkRetry: i, isRepeat: i > 0, durationMs: 400 }),
  ),
});
const thrice = (run: Partial<DrillRun>) => [run, run, run];

/** What a robust workload leaves: it switches, and hands over when nothing is left. */
export const SWITCHING: Drills = someDrills([
  ...thrice({ fault: 'stream-stall', durationMs: 6_200 }),
  ...thrice({ fault: 'stream-truncate-clean' }),
  ...thrice({ fault: 'overloaded-529' }),
  ...thrice({
    fault: 'outage-all',
    attempts: [aDrillAttempt(), anAnsweredAttempt({ isFaulted: true, isComplete: false, status: 529 })],
    answer: 'Handed to analysts: C-1',
    isExpected: false,
    saysHandedOff: true,
    costNanoUsd: 0,
  }),
  ...thrice({
    fault: 'recovery',
    attempts: [aDrillAttempt(), anAnsweredAttempt({ route: 'primary', provider: 'anthropic' })],
  }),
  ...thrice({ fault: 'overloaded-529', schedule: 'rate 0.25, seed 7, to the primary' }),
]);

/** What a naive one leaves: it hangs, takes half an answer for a whole one, and fails with its only provider. */
export const BREAKING: Drills = someDrills(
  [
    ...thrice({ fault: 'stream-stall', ...again(0), ending: 'timed-out', durationMs: 30_000, answer: undefined }),
    ...thrice({
      fault: 'stream-truncate-clean',
      attempts: [aDrillAttempt({ status: 200 })],
      answer: 'Case C-1. Ri',
      isExpected: false,
    }),
    ...thrice({ fault: 'overloaded-529', ...again(2), ending: 'failed', exit: '1', answer: undefined, costNanoUsd: 0 }),
    { fault: 'outage-all', ...again(2), ending: 'failed', exit: '1', answer: undefined, costNanoUsd: 0 },
    { fault: 'outage-all', faulted: 0, attempts: [], costNanoUsd: undefined },
  ],
  { bypasses: [{ host: 'api.openai.com', count: 4 }], stopped: 'the budget of 400 calls was used up' },
);
