import { describe, expect, it } from 'vitest';
import { repeatedRequests } from '../../src/contract/repeated-requests.ts';
import type { ModelCall } from '../../src/contract/run.ts';
import { aModelCall, aRef } from '../../src/dev/testing/builders.ts';
import { retriesOf } from './retries.ts';

/** One after the other, 1 s each with 1 s between them, on lines 1, 2, … */
const retriesIn = (...calls: readonly Partial<ModelCall>[]) =>
  repeatedRequests(
    calls.map((call, i) => aModelCall({ startMs: i * 2_000, durationMs: 1_000, ref: aRef(i + 1), ...call })),
  ).map(retriesOf);
const down: Partial<ModelCall> = { error: '503' };
const other: Partial<ModelCall> = { fallbackFrom: 'claude-sonnet-4-5', provider: 'openai', requestedModel: 'gpt-4.1' };

describe('retriesOf', () => {
  it.each<[string, readonly Partial<ModelCall>[], readonly number[]]>([
    ['a failure and the same request after it', [down, {}], [1]],
    ['failures to the end', [down, down, down], [2]],
    ['numbers of attempts', [{ ...down, attempt: 1 }, { ...down, attempt: 2 }, { attempt: 3 }], [2]],
    ['a number whose earlier attempts are not recorded', [{ attempt: 4 }], [3]],
    ['numbers with a gap', [{ ...down, attempt: 1 }, { attempt: 3 }], [2]],
    ['resends below every attempt', [{ ...down, resends: 2 }, { resends: 1 }], [4]],
    ['a replacement of a failed call as none', [down, other], [0]],
    ['retries before and after a replacement', [down, down, { ...down, ...other }, other], [2]],
    ['a replacement that goes on with the numbers', [{ ...other, attempt: 3 }], [0]],
    [
      'attempts of such a replacement',
      [
        { ...down, ...other, attempt: 3 },
        { ...other, attempt: 4 },
      ],
      [1],
    ],
  ])('counts %s', (_, calls, counts) => {
    expect(retriesIn(...calls).map(({ count }) => count)).toEqual(counts);
  });

  it('measures the waits between attempts of one model and points at the last', () => {
    expect(retriesIn({ ...down, durationMs: 500 }, { ...down, durationMs: undefined }, down, other)).toEqual([
      { count: 2, waitsMs: [1_500], ref: aRef(4) },
    ]);
  });
});
