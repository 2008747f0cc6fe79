import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { judgeFound } from '../found-in-definitions.ts';
import { knownServers, MISSING_INSPECTION, nameOf, offeredTools } from '../offered-tools.ts';
import { powerOf } from '../power-of-tool.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/power-tools',
    title: 'No offered tool runs whatever it is given without a limit or an approval',
    severity: 'blocker',
    why: 'A tool that takes any code, query or address can do everything its process can: every other limit on the agent ends there.',
    remediation: [
      'Leave the tool out with mcp.<server>.only, or wrap it in one that does a single thing.',
      'Limit the named argument under tools.<name>.args, such as sql: read_only, url_host or in.',
      'Declare approve: always where a person can judge each call.',
      'Test again.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.7',
      'ISO-42001:A.9.4',
      'EU-AI-ACT:15(5)',
      'SOC2:CC6.3',
      'OWASP-ASI:ASI02',
      'OWASP-ASI:ASI05',
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
      description:
        'Offered tools that run any code, query or address, or show the environment, without a limit or an approval',
    }),
  },
  inspects: true,
  evaluate(_seen, limits, { plan, inspection }): CheckResult {
    if (inspection === undefined) return MISSING_INSPECTION;
    const offered = offeredTools(knownServers(plan, inspection), plan);
    const found = offered.flatMap((tool) => {
      const power = powerOf(tool);
      return power === undefined ? [] : [{ text: `${nameOf(tool)} ${power}`, ref: tool.ref }];
    });
    const summary = `${quantity(found.length, 'unlimited tool')} of ${quantity(offered.length, 'offered tool')}`;
    return judgeFound({ found, limit: limits.tools, limitName: 'tools', n: offered.length, summary }, plan, inspection);
  },
});
