import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { pointerOf } from '../../../src/contract/manifest-ref.ts';
import { noTools, toolsOf } from '../declaration-faults.ts';
import toolUse from '../measures/tool-use.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';
import { unusedLimits, unusedVerdict } from '../unused-verdict.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/unused-tools',
    title: 'Every declared tool is used, or kept for a stated reason',
    severity: 'advisory',
    why: 'A tool that nobody needs is still there for whoever takes the agent over: it costs nothing to leave and everything once it is used.',
    remediation: [
      'Remove each named tool from the agent and from the manifest.',
      'Or say with keep: REASON on the tool why it is offered although nothing calls it.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.5', 'SOC2:CC6.3', 'OWASP-ASI:ASI02', 'OWASP-ASI:ASI03', 'OWASP-LLM:LLM06'],
    kinds: OBSERVED_KINDS,
    subject: 'tools',
    since: '2026-11-25',
  },
  needs: { toolUse },
  limits: unusedLimits('Declared tools that no run uses and that nothing says why to keep'),
  evaluate({ toolUse: seen }, limits, context): CheckResult {
    if (context.plan.tools === undefined) return noTools(MISSING_TOOLS);
    const used = new Set(seen.used.map(([name]) => name));
    const grants = toolsOf(context.plan).map(([name, { keep }]) => ({
      name,
      pointer: pointerOf('tools', name),
      isUsed: used.has(name),
      isKept: keep !== undefined,
    }));
    return unusedVerdict({ grants, seen, limits, noun: 'tool' }, context);
  },
});
