import { describe, expect, it } from 'vitest';
import type { LiveRun } from './live-run.ts';
import { upstreamTrouble } from './upstream-trouble.ts';

const troubleOf = (ending: LiveRun['ending'], ...problems: readonly (string | undefined)[]) =>
  upstreamTrouble({ ending, exchanges: problems.map((upstreamProblem) => ({ upstreamProblem })) });

describe('upstreamTrouble', () => {
  it('takes a provider that failed for a while, and that the run got over, for what it is', () => {
    expect(troubleOf('answered', 'UPSTREAM_STATUS: 500', 'UPSTREAM_BROKE: ECONNRESET', undefined)).toBeUndefined();
    expect(troubleOf('answered')).toBeUndefined();
    expect(troubleOf('failed', undefined)).toBeUndefined();
  });

  it('tells why a run shows nothing', () => {
    expect(troubleOf('failed', 'UPSTREAM_STATUS: 500', undefined)).toBe('UPSTREAM_STATUS: 500');
    expect(troubleOf('answered', undefined, 'UPSTREAM_STATUS: 529')).toBe('UPSTREAM_STATUS: 529');
  });

  it.each(['UPSTREAM_STATUS: 401', 'REPLAY_MISS: x', 'UNSCRIPTED: x', 'NO_UPSTREAM: x'])(
    'does not let a run get over its set-up: %s',
    (problem) => {
      expect(troubleOf('answered', problem, undefined)).toBe(problem);
    },
  );
});
