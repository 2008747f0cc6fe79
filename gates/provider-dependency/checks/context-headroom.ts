import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import type { Open } from '../../../src/contract/statistics/drift.ts';
import type { Measurement } from '../../../src/contract/units.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import { describeSizes, fullest, type Window, windowsOf } from '../context-windows.ts';
import inputSizes, { type InputSizes } from '../measures/input-sizes.ts';

export default defineCheck({
  meta: {
    id: 'provider-dependency/context-headroom',
    title: 'The largest input fits every declared model with room to spare',
    severity: 'blocker',
    why: 'An input that is longer than the model takes is refused, and it is the longest and most important cases that grow there first; a fallback with a smaller window fails exactly when it is needed.',
    remediation: [
      'Open the largest calls named here and shorten what grows in them: history, retrieved documents, tool results.',
      'Choose a primary or fallback with a larger context window where the input must be that long.',
      'Record runs of the changed release and test again.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.5',
      'NIST-AI-RMF:MANAGE-3.1',
      'ISO-42001:A.6.2.4',
      'ISO-42001:A.10.3',
      'EU-AI-ACT:15(4)',
      'SOC2:A1.1',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { sizes: inputSizes },
  limits: {
    ratio: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.9,
      description: 'Input tokens of the largest call, as a share of the context window of every declared model',
    }),
    tokens: optional(
      maximum({
        unit: 'count',
        isInteger: true,
        range: [1, Number.MAX_SAFE_INTEGER],
        description:
          'Input tokens of the largest call, whatever the windows are; decides for models whose window is not in the price list',
      }),
    ),
  },
  evaluate({ sizes }, { ratio, tokens }, context): CheckResult {
    const { refused, largestAt, tokens: seen } = sizes;
    const n = seen.count;
    if (refused.calls > 0) {
      const message = `${quantity(refused.calls, 'call')} refused because the input was too long for the model`;
      const compared = { measured: count(refused.calls), limit: count(0), n: refused.calls };
      return { outcome: 'fail', ...compared, message, evidence: witnessesOf(refused.at) };
    }
    if (n === 0) {
      const message = `no input size is recorded in ${quantity(sizes.runs, 'run')}`;
      return { outcome: 'inconclusive', message, missing: NO_USAGE, evidence: refsOf(sizes.unknown.at) };
    }
    const windows = windowsOf(context);
    const message = describeSizes(sizes, windows, share(ratio));
    const filled = fullest(seen.max, windows);
    const compared = [
      ...(tokens === undefined ? [] : [{ measured: count(seen.max), limit: count(tokens), limitName: 'tokens', n }]),
      ...(filled === undefined ? [] : [{ measured: share(filled), limit: share(ratio), limitName: 'ratio', n }]),
    ];
    const exceeded = compared.find(({ measured, limit }) => measured.value > limit.value);
    if (exceeded !== undefined) {
      return { outcome: 'fail', ...exceeded, message, evidence: witnessesOf(largestAt) };
    }
    const open = whyOpen(sizes, windows, tokens);
    const [first] = compared;
    if (open === undefined && first !== undefined) {
      return { outcome: 'pass', ...first, message, evidence: refsOf(largestAt) };
    }
    const { what, missing, at } = open ?? noWindow(windows);
    return { outcome: 'inconclusive', ...first, message: `${message}; ${what}`, missing, evidence: refsOf(at) };
  },
});

/** Why it does not pass although nothing is too large, or undefined when it does. */
function whyOpen(sizes: InputSizes, windows: readonly Window[], limit: number | undefined): Open | undefined {
  const { unknown, runsWithoutCalls: silent } = sizes;
  if (limit === undefined && windows.some(({ tokens }) => tokens === undefined)) return noWindow(windows);
  if (unknown.calls > 0) {
    const what = `${quantity(unknown.calls, 'answer')} without a recorded number of input tokens`;
    return { what, missing: NO_USAGE, at: unknown.at };
  }
  if (silent.calls === 0) return undefined;
  return { what: runsWithoutCalls(silent.calls), missing: UNSEEN_CALLS, at: silent.at };
}

function noWindow(windows: readonly Window[]): Open {
  const names = windows.filter(({ tokens }) => tokens === undefined).map(({ name }) => name);
  const missing = {
    input: 'context windows of the declared models',
    remedy:
      'Declare models under the names of the price list, or set the limit tokens to the longest input that every declared model takes.',
  };
  return { what: `no context window is listed for ${names.join(', ')}`, missing, at: [] };
}

const NO_USAGE = {
  input: 'token counts of model calls',
  remedy: 'Export the input tokens of every model call, streams included (OpenAI: stream_options.include_usage).',
};

function share(value: number): Measurement {
  return { value, unit: 'ratio' };
}

function count(value: number): Measurement {
  return { value, unit: 'count' };
}
