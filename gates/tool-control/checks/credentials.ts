import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { countCredentials, credentialFaults } from '../credential-faults.ts';
import { faultLimits, faultVerdict, noTools } from '../declaration-faults.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/credentials',
    title: 'The agent acts in its own name, with credentials that soon expire',
    severity: 'blocker',
    why: 'A key that never expires outlives every fix: whoever copied it once acts as the agent until somebody notices, and nobody can tell the two apart.',
    remediation: [
      'Give the agent an account of its own and declare it: workload.identity with principal and credentials.',
      'Replace static keys by credentials that are issued for a short time (oidc, workload identity, a vault), and declare source and maxTtl.',
      'Take secrets out of the manifest: name variables of MCP servers under passEnv, values of headers as env:NAME.',
    ],
    controls: ['SOC2:CC6.1', 'DORA:9(4)(c)', 'EU-AI-ACT:15(5)', 'OWASP-ASI:ASI03'],
    kinds: INSPECTED_KINDS,
    subject: 'tools',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    // An hour: what token services hand out unless asked for less, and about as long as a task takes.
    lifetimeMs: maximum({ unit: 'ms', fallback: 3_600_000, description: 'Longest life of a credential' }),
    ...faultLimits('Credentials that are static, too long-lived, written into the manifest or not declared'),
  },
  inspects: true,
  evaluate(_seen, limits, context): CheckResult {
    const { plan } = context;
    if (plan.tools === undefined) return noTools(MISSING_TOOLS);
    const faults = credentialFaults(plan, limits.lifetimeMs);
    return faultVerdict({ faults, limits, n: countCredentials(plan), words: WORDS }, context);
  },
});

const WORDS = {
  noun: 'declaration of credentials',
  nouns: 'declarations of credentials',
  keeps: 'with an own principal and credentials that expire in time',
  missing: {
    input: 'whose credentials the agent uses',
    remedy: 'Declare workload.identity with principal and credentials (source and maxTtl).',
  },
};
