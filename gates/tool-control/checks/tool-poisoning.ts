import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { judgeFound } from '../found-in-definitions.ts';
import { knownServers, MISSING_INSPECTION } from '../offered-tools.ts';
import { poisonedTexts } from '../poison/poisoned-texts.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/tool-poisoning',
    title: 'No tool definition hides text or steers the model away from its task',
    severity: 'blocker',
    why: 'A model obeys what stands in a tool definition as it obeys its prompt: a sentence that no reviewer sees can make it send data away through a tool that is allowed.',
    remediation: [
      'Read the named text with its hidden characters made visible: aigate.lock holds each definition as it is served.',
      'Leave the tool or the server out, or have its makers remove the text.',
      'Rename one of two tools with the same name, or let only one of them through with only.',
      'Run aigate tools lock and test again.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.7', 'ISO-42001:A.10.3', 'EU-AI-ACT:15(5)', 'OWASP-ASI:ASI01', 'OWASP-ASI:ASI04'],
    kinds: INSPECTED_KINDS,
    subject: 'mcp-servers',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    texts: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Definitions and instructions that hide text or steer the model',
    }),
  },
  inspects: true,
  evaluate(_seen, limits, { plan, inspection }): CheckResult {
    if (inspection === undefined) return MISSING_INSPECTION;
    const servers = knownServers(plan, inspection);
    const found = poisonedTexts(servers);
    const n = servers.reduce((sum, { server }) => sum + server.tools.length, 0);
    const summary = `${quantity(found.length, 'suspicious text')} in ${quantity(n, 'tool definition')}`;
    return judgeFound({ found, limit: limits.texts, limitName: 'texts', n, summary }, plan, inspection);
  },
});
