import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { rateDemand } from '../../../src/contract/statistics/rate-demand.ts';
import { judgeRate } from '../../../src/contract/statistics/rate-verdict.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { AUDIT_PARTS, type AuditPart } from '../audit-trail.ts';
import auditTrails, { type AuditTrails } from '../measures/audit-trails.ts';

export default defineCheck({
  meta: {
    id: 'evidence/audit-completeness',
    title: 'Runs can be followed afterwards: who, which version, on what, with what decision, approval and outcome',
    severity: 'advisory',
    why: 'When a customer, an auditor or a court asks why the workload did what it did, a run with a missing part has no answer.',
    remediation: [
      'Record the part that most runs lack: enduser.id or gen_ai.agent.id, aigate.artifacts.digest, the documents of every retrieval, output messages, aigate.approval.decision, aigate.outcome.',
      'Record runs again and test again.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.8',
      'NIST-AI-RMF:MANAGE-1.3',
      'ISO-42001:A.6.2.8',
      'EU-AI-ACT:12(1)',
      'EU-AI-ACT:12(2)',
      'SOC2:CC7.2',
      'OWASP-ASI:ASI09',
      'OWASP-ASI:ASI10',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { auditTrails },
  limits: {
    rate: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      fallback: 0.95,
      description:
        'rate of runs with every part of the trail, 0 to 1, to be proved with 95 % confidence: principal, version, retrieved documents where knowledge is declared, answer or tool call, approval records where one is demanded, outcome',
    }),
  },
  samples: ({ rate }) => rateDemand(rate),
  evaluate({ auditTrails: { tallies, lacking } }, { rate }, { plan }): CheckResult {
    const judged = judgeRate({
      tallies,
      scenarios: plan.scenarios,
      rate,
      good: 'have every part of the trail',
      unknown: 'the trail is not known',
      missing: MISSING_TRAIL,
    });
    const message = `${judged.message}${describe(lacking)}`;
    if (judged.outcome !== 'pass' || plan.tools !== undefined) return { ...judged, message };
    const undeclared = `${message}; no tools are declared, so nothing says which calls need an approval record`;
    const { evidence } = judged;
    return { outcome: 'inconclusive', message: undeclared, missing: MISSING_TOOLS, evidence };
  },
});

const MISSING_TRAIL = { input: 'complete trails', remedy: 'Record every part of the trail in every run.' };

const MISSING_TOOLS = {
  input: 'the declared tools',
  remedy: 'Declare every tool with its effect under tools in the manifest, or tools: none.',
};

const NAMES: Readonly<Record<AuditPart, string>> = {
  who: 'who acted',
  version: 'the version',
  context: 'the documents it rests on',
  decision: 'what was decided',
  approval: 'the record of an approval',
  outcome: 'the outcome',
};

/** `; runs of all scenarios without who acted (40), the outcome (2)`; the most frequent first. */
function describe(lacking: AuditTrails['lacking']): string {
  const parts = AUDIT_PARTS.filter((part) => lacking[part] > 0).toSorted((a, b) => lacking[b] - lacking[a]);
  if (parts.length === 0) return '';
  return `; runs of all scenarios without ${parts.map((part) => `${NAMES[part]} (${formatNumber(lacking[part])})`).join(', ')}`;
}
