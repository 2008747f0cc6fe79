import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { pointerOf } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import { faultLimits, faultVerdict, noTools, toolsOf } from '../declaration-faults.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/unreviewed-tools',
    title: 'Every tool that writes was reviewed by a person',
    severity: 'blocker',
    why: 'A policy that was learned from traffic allows what happened, mistakes and attacks among it; only a person can say what may happen.',
    remediation: [
      'Read what each named tool is declared to do, who approves it and what limits its arguments.',
      'Correct it, and then remove reviewed: false.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.5', 'ISO-42001:A.9.2', 'EU-AI-ACT:14(1)', 'SOC2:CC6.3', 'OWASP-ASI:ASI03'],
    kinds: INSPECTED_KINDS,
    subject: 'write-tools',
    since: '2026-11-25',
  },
  needs: {},
  limits: faultLimits('Tools that write and are marked reviewed: false'),
  inspects: true,
  evaluate(_seen, limits, context): CheckResult {
    if (context.plan.tools === undefined) return noTools(MISSING_TOOLS);
    const writes = toolsOf(context.plan).filter(([, { effect }]) => effect !== 'read');
    const faults = writes
      .filter(([, { reviewed }]) => reviewed === false)
      .map(([name]) => ({
        kind: 'missing' as const,
        text: `${showName(name)} is not reviewed`,
        pointer: pointerOf('tools', name, 'reviewed'),
      }));
    return faultVerdict({ faults, limits, n: writes.length, words: WORDS }, context);
  },
});

const WORDS = {
  noun: 'tool that writes',
  nouns: 'tools that write',
  keeps: 'not marked as unreviewed',
  missing: { input: 'a review of the tools that write', remedy: 'Read each named tool, and remove reviewed: false.' },
};
