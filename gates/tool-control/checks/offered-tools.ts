import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { judgeFound } from '../found-in-definitions.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';
import { knownServers, MISSING_INSPECTION, nameOf, offeredTools } from '../offered-tools.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/offered-tools',
    title: 'Every tool that a server offers to the agent is declared',
    severity: 'blocker',
    why: 'What an agent is offered it will call one day: a tool that nobody declared has no effect, no approval rule and no owner when that day comes.',
    remediation: [
      'Let only the declared tools through, in the agent and under mcp.<server>.only in the manifest.',
      'Declare each named tool under tools with its effect and approval rule where the agent needs it.',
      'Test again.',
    ],
    controls: [
      'NIST-AI-RMF:MAP-3.5',
      'ISO-42001:A.9.4',
      'EU-AI-ACT:15(5)',
      'DORA:9(4)(c)',
      'SOC2:CC6.1',
      'OWASP-ASI:ASI02',
      'OWASP-ASI:ASI03',
    ],
    kinds: INSPECTED_KINDS,
    subject: 'mcp-servers',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    tools: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Tools that servers offer, that the agent lets through and that are not declared',
    }),
  },
  inspects: true,
  evaluate(_seen, limits, { plan, inspection }): CheckResult {
    if (inspection === undefined) return MISSING_INSPECTION;
    if (plan.tools === undefined) {
      const message = 'the manifest declares no tools, so nothing says which may be offered';
      return { outcome: 'inconclusive', message, missing: MISSING_TOOLS, evidence: [] };
    }
    const offered = offeredTools(knownServers(plan, inspection), plan);
    const found = offered
      .filter(({ policy }) => policy === undefined)
      .map((tool) => ({ text: nameOf(tool), ref: tool.ref }));
    const all = quantity(offered.length, 'offered tool');
    const summary = found.length === 0 ? `${all}, each declared` : `${found.length} of ${all} not declared`;
    return judgeFound({ found, limit: limits.tools, limitName: 'tools', n: offered.length, summary }, plan, inspection);
  },
});
