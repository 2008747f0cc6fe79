import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { pointerOf } from '../../../src/contract/manifest-ref.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { toolsOf } from '../declaration-faults.ts';
import toolUse from '../measures/tool-use.ts';
import { type Grant, unusedLimits, unusedVerdict } from '../unused-verdict.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/unused-scopes',
    title: 'Every permission that tools need is exercised, or kept for a stated reason',
    severity: 'advisory',
    why: 'A permission that no call needs is what a stolen credential can do beyond anything the agent ever did.',
    remediation: [
      'Take each named scope away from the credentials of the agent, and from scopes in the manifest.',
      'Or say with keep: REASON on the tools that need it why they are offered although nothing calls them.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.5', 'SOC2:CC6.3', 'OWASP-ASI:ASI03', 'OWASP-LLM:LLM06'],
    kinds: OBSERVED_KINDS,
    subject: 'scopes',
    since: '2026-11-25',
  },
  needs: { toolUse },
  limits: unusedLimits('Declared scopes of which no run uses a tool and that nothing says why to keep'),
  evaluate({ toolUse: seen }, limits, context): CheckResult {
    const used = new Set(seen.used.map(([name]) => name));
    return unusedVerdict({ grants: scopesOf(context.plan, used), seen, limits, noun: 'scope' }, context);
  },
});

/** A call of a tool exercises all of its scopes: which of them it needed, no recording says. */
function scopesOf(plan: Plan, used: ReadonlySet<string>): Grant[] {
  const grants = new Map<string, Grant>();
  for (const [tool, { scopes = [], keep }] of toolsOf(plan)) {
    for (const name of scopes) {
      const other = grants.get(name);
      grants.set(name, {
        name,
        pointer: other?.pointer ?? pointerOf('tools', tool, 'scopes'),
        isUsed: used.has(tool) || other?.isUsed === true,
        isKept: keep !== undefined && other?.isKept !== false,
      });
    }
  }
  return [...grants.values()];
}
