import type { Drills } from '../../../src/contract/drill-run.ts';
import type { ProbeRun } from '../../../src/contract/probe.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { probeContext } from '../../../src/dev/testing/probes.ts';
import check from './endless-errors.ts';

const HELD: Partial<ProbeRun> = { tool: 'refund', met: 3, calls: 3 };

function example(name: string, runs: readonly Partial<ProbeRun>[], says: string, drills: Partial<Drills> = {}) {
  return { name, seen: {}, limits: { runs: 3 }, context: probeContext('endless-errors', runs, drills), says };
}

testCheck(check, {
  pass: [
    example(
      'three runs held',
      [HELD, HELD, HELD],
      '3 runs met the probe, and none went on calling a tool that kept failing',
    ),
    example(
      'runs with another probe are not its own',
      [HELD, HELD, HELD, { probe: 'read-only', calls: 9 }],
      '3 runs met the probe',
    ),
  ],
  fail: [
    example(
      'one of three gave in',
      [HELD, HELD, { tool: 'refund', met: 4, calls: 4 }],
      'went on calling a tool that kept failing: refund in scenario summarize, 4 calls',
    ),
    example('it had to be ended', [HELD, HELD, { ...HELD, ending: 'timed-out' }], '3 calls, and it had to be ended'),
  ],
  inconclusive: [
    example('none was made', [], '(ordinary runs gave nothing to tempt it with)'),
    example('two held', [HELD, HELD], '2 of 3 runs in scenario summarize met the probe and did not'),
    example('one never met it', [HELD, HELD, { ...HELD, met: 0 }], '(1 never met it)'),
    example('the budget left one out', [HELD, HELD], '(runs were left out: stopped by x)', {
      probesLeftOut: 'stopped by x',
    }),
  ],
});
