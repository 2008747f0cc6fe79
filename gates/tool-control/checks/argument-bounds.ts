import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { pointerOf } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import { isBounded } from '../bounded-arguments.ts';
import { faultLimits, faultVerdict, noTools, toolsOf } from '../declaration-faults.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/argument-bounds',
    title: 'Every tool that writes has limits on what it may be called with',
    severity: 'blocker',
    why: 'A tool that takes any amount, recipient or text does whatever the model was talked into: approval and effect say that it may act, nothing says on what.',
    remediation: [
      'Declare under args of each named tool what its amounts, recipients and identifiers may be: max, in, matches, email_domain, from.',
      'Give a tool whose arguments are harmless its JSON schema under schema, with additionalProperties: false.',
      'Enforce the same limits where the tool is executed.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.5', 'EU-AI-ACT:15(4)', 'OWASP-ASI:ASI02', 'OWASP-LLM:LLM06'],
    kinds: INSPECTED_KINDS,
    subject: 'write-tools',
    since: '2026-11-25',
  },
  needs: {},
  limits: faultLimits('Tools that write and have no limits on their arguments'),
  inspects: true,
  evaluate(_seen, limits, context): CheckResult {
    if (context.plan.tools === undefined) return noTools(MISSING_TOOLS);
    const writes = toolsOf(context.plan).filter(([, { effect }]) => effect !== 'read');
    const faults = writes
      .filter(([, policy]) => !isBounded(policy))
      .map(([name, { effect }]) => ({
        kind: 'missing' as const,
        text: `${showName(name)} (${effect}) may be called with anything`,
        pointer: pointerOf('tools', name),
      }));
    return faultVerdict({ faults, limits, n: writes.length, words: WORDS }, context);
  },
});

const WORDS = {
  noun: 'tool that writes',
  nouns: 'tools that write',
  keeps: 'with limits on their arguments',
  missing: {
    input: 'limits on the arguments of tools that write',
    remedy: 'Declare args, schema or when for each named tool.',
  },
};
