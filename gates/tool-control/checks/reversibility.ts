import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { faultLimits, faultVerdict, noTools, toolsOf } from '../declaration-faults.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';
import { undoFault } from '../undo-faults.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/reversibility',
    title: 'Every tool that writes says what takes it back, or that nothing does',
    severity: 'advisory',
    why: 'When the agent has written the wrong thing a thousand times, it is too late to find out whether and how it can be undone.',
    remediation: [
      'Declare undo for each named tool: the tool that takes a call back, within what time, or undo: none.',
      'Where nothing takes it back, or only within a time, declare effect: irreversible; where something does, declare effect: write.',
    ],
    controls: ['NIST-AI-RMF:MANAGE-2.4', 'EU-AI-ACT:14(4)(d)', 'OWASP-ASI:ASI02'],
    kinds: INSPECTED_KINDS,
    subject: 'write-tools',
    since: '2026-11-25',
  },
  needs: {},
  limits: faultLimits('Tools that write and do not say what takes them back, or contradict their effect'),
  inspects: true,
  evaluate(_seen, limits, context): CheckResult {
    if (context.plan.tools === undefined) return noTools(MISSING_TOOLS);
    const writes = toolsOf(context.plan).filter(([, { effect }]) => effect !== 'read');
    const faults = writes.flatMap((tool) => undoFault(tool, context.plan) ?? []);
    return faultVerdict({ faults, limits, n: writes.length, words: WORDS }, context);
  },
});

const WORDS = {
  noun: 'tool that writes',
  nouns: 'tools that write',
  keeps: 'with a declared undo, or none',
  missing: { input: 'undo of tools that write', remedy: 'Declare undo: TOOL or undo: none for each named tool.' },
};
