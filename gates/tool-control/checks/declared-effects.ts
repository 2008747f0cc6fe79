import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { effectContradiction } from '../effect-contradiction.ts';
import { judgeFound } from '../found-in-definitions.ts';
import { knownServers, MISSING_INSPECTION, nameOf, offeredTools } from '../offered-tools.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/declared-effects',
    title: 'What the manifest says a tool does agrees with what its server says',
    severity: 'advisory',
    why: 'A tool that is declared to read and writes goes without approval, because every rule follows the declared effect.',
    remediation: [
      'Find out what each named tool does, and correct its effect under tools in the manifest.',
      'Have the makers of the server correct the annotation where it is wrong.',
      'Test again.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.5', 'ISO-42001:A.9.4', 'SOC2:CC6.1', 'OWASP-ASI:ASI02'],
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
      description: 'Declared tools whose effect contradicts the annotations or the name of the tool',
    }),
  },
  inspects: true,
  evaluate(_seen, limits, { plan, inspection }): CheckResult {
    if (inspection === undefined) return MISSING_INSPECTION;
    const declared = offeredTools(knownServers(plan, inspection), plan).filter(({ policy }) => policy !== undefined);
    const found = declared.flatMap((tool) => {
      const contradiction = effectContradiction(tool);
      return contradiction === undefined ? [] : [{ text: `${nameOf(tool)} ${contradiction}`, ref: tool.ref }];
    });
    const summary = `${quantity(found.length, 'contradiction')} in ${quantity(declared.length, 'declared tool')}`;
    return judgeFound(
      { found, limit: limits.tools, limitName: 'tools', n: declared.length, summary },
      plan,
      inspection,
    );
  },
});
