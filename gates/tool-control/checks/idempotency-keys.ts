import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { faultLimits, faultVerdict, noTools, toolsOf } from '../declaration-faults.ts';
import { idempotencyFault } from '../idempotency-faults.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/idempotency-keys',
    title: 'Every irreversible tool says what makes a repeated call the same operation',
    severity: 'blocker',
    why: 'After a timeout nobody knows whether the payment went out: without a key the retry pays twice, and nothing can take it back.',
    remediation: [
      'Declare idempotency for each named tool: key names the arguments of the business operation, arg the argument that carries the key.',
      'Add the key to the interface of the tool, and refuse a second call with the same one where it is executed.',
    ],
    controls: ['NIST-AI-RMF:MANAGE-2.4', 'EU-AI-ACT:15(4)', 'OWASP-ASI:ASI08'],
    kinds: INSPECTED_KINDS,
    subject: 'irreversible-tools',
    since: '2026-11-25',
  },
  needs: {},
  limits: faultLimits('Irreversible tools without a declared idempotency that their schema lets through'),
  inspects: true,
  evaluate(_seen, limits, context): CheckResult {
    if (context.plan.tools === undefined) return noTools(MISSING_TOOLS);
    const tools = toolsOf(context.plan).filter(([, { effect }]) => effect === 'irreversible');
    const faults = tools.flatMap((tool) => idempotencyFault(tool) ?? []);
    return faultVerdict({ faults, limits, n: tools.length, words: WORDS }, context);
  },
});

const WORDS = {
  noun: 'irreversible tool',
  nouns: 'irreversible tools',
  keeps: 'with a declared idempotency',
  missing: {
    input: 'idempotency of irreversible tools',
    remedy: 'Declare idempotency: {key: [...]} for each named tool.',
  },
};
