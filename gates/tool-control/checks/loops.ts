import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import toolRepetition from '../measures/tool-repetition.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/loops',
    title: 'No run calls its tools in a loop',
    severity: 'blocker',
    why: 'An agent that calls the same tool with the same arguments again and again has stopped making progress. It spends money, and where the tool writes it does damage, until something else stops it.',
    remediation: [
      'Stop a run that repeats a call, and tell the user or hand over.',
      'Let the tool say why a repeated call gives nothing new.',
      'Record new runs and test again.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.6', 'EU-AI-ACT:15(4)', 'OWASP-ASI:ASI08', 'OWASP-LLM:LLM10'],
    kinds: OBSERVED_KINDS,
    subject: 'tools',
    since: '2026-11-25',
  },
  needs: { toolRepetition },
  limits: {
    identical: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 5,
      description: 'Most calls of one tool with the same arguments in a run',
    }),
    rounds: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 3,
      description: 'Most turns of a cycle of two or three calls in a run',
    }),
  },
  evaluate({ toolRepetition: seen }, limits): CheckResult {
    const { identical, rounds, calls, unknown, runs, witnesses } = seen;
    const cyclic = {
      measured: { value: rounds.count, unit: 'count' },
      limit: { value: limits.rounds, unit: 'count' },
      limitName: 'rounds',
      n: calls,
    } as const;
    const repeated = {
      measured: { value: identical.count, unit: 'count' },
      limit: { value: limits.identical, unit: 'count' },
      limitName: 'identical',
      n: calls,
    } as const;
    if (rounds.count > limits.rounds) {
      const message = `a run goes ${quantity(rounds.count, 'time')} through the same calls of ${rounds.tools.map(showName).join(' and ')}`;
      return { outcome: 'fail', ...cyclic, message, evidence: witnessesOf(witnesses.rounds) };
    }
    if (identical.count > limits.identical) {
      const message = `a run calls ${identical.tools.map(showName).join()} ${quantity(identical.count, 'time')} with the same arguments`;
      return { outcome: 'fail', ...repeated, message, evidence: witnessesOf(witnesses.identical) };
    }
    if (calls === 0 || unknown > 0) return gapOf(seen, repeated);
    const message = `at most ${quantity(identical.count, 'identical call')} in each of ${quantity(runs, 'run')}`;
    return { outcome: 'pass', ...repeated, message, evidence: refsOf(witnesses.identical) };
  },
});

type Seen = Parameters<typeof toolRepetition.finish>[0];

function gapOf({ calls, unknown, runs, witnesses }: Seen, compared: object): CheckResult {
  const message =
    calls === 0
      ? `no tool call in ${quantity(runs, 'run')}`
      : `${formatNumber(unknown)} of ${quantity(calls, 'tool call')} ${unknown === 1 ? 'was' : 'were'} recorded without whole arguments or the name of the tool and may repeat others`;
  const missing =
    calls === 0
      ? { input: 'runs that use the tools', remedy: 'Record runs in which the workload calls its tools.' }
      : {
          input: 'arguments of tool calls',
          remedy: 'Record gen_ai.tool.name and gen_ai.tool.call.arguments, whole, on every execute_tool span.',
        };
  return { outcome: 'inconclusive', ...compared, message, missing, evidence: refsOf(witnesses.unknown) };
}
