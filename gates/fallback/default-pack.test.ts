import { describe, expect, it } from 'vitest';
import { faultsOfPack } from '../../src/contract/faults.ts';
import { aContext } from '../../src/dev/testing/builders.ts';
import { aDrillPlan, anAnsweredAttempt, drillsOf } from '../../src/dev/testing/drills.ts';
import badAnswer from './checks/bad-answer.ts';
import providerOutage from './checks/provider-outage.ts';
import rateLimit from './checks/rate-limit.ts';
import safeStop from './checks/safe-stop.ts';
import stall from './checks/stall.ts';
import totalOutage from './checks/total-outage.ts';

const BLOCKERS = [badAnswer, providerOutage, rateLimit, safeStop, stall, totalOutage];
const pack = faultsOfPack('default');
const MET = drillsOf(pack, 3, { saysHandedOff: true }).runs;
const UNMET = { attempts: [anAnsweredAttempt({ route: 'primary' })], faulted: 0, isInapplicable: true };
const judge = (runs: typeof MET, plan = aDrillPlan(pack)) =>
  BLOCKERS.map((check) => {
    const drills = { runs, bypasses: [], stopped: undefined, unanswered: [] };
    return check.evaluate({}, { runs: 3 }, aContext({ plan, drills })).outcome;
  });

describe('the default pack', () => {
  it('leaves no blocker undecided', () => {
    expect(judge(MET)).toEqual(BLOCKERS.map(() => 'pass'));
  });

  it('leaves none undecided for a workload without JSON and tools', () => {
    const isForeign = (fault: string) => /^(structured|tool)-/.test(fault);
    const runs = MET.map((run) => (isForeign(run.fault) ? { ...run, ...UNMET } : run));
    expect(judge(runs, { ...aDrillPlan(pack), tools: 'none' })).toEqual(BLOCKERS.map(() => 'pass'));
  });

  it('passes nothing where no request met a fault', () => {
    expect(judge(MET.map((run) => ({ ...run, ...UNMET, isInapplicable: false })))).toEqual(
      BLOCKERS.map(() => 'inconclusive'),
    );
  });
});
