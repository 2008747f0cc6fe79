import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { manifestRef, pointerOf } from '../../../src/contract/manifest-ref.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { WITNESS_LIMIT } from '../../../src/contract/witness.ts';
import { faultLimits, faultVerdict, nameSome, noTools, toolsOf } from '../declaration-faults.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';
import { toxicCombinations } from '../toxic-pairs.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/toxic-combinations',
    title: 'No tools together let text of strangers leak secrets or do what cannot be undone',
    severity: 'blocker',
    why: 'An agent that reads strangers, holds secrets and can send needs no flaw in any tool to leak them: one sentence in an e-mail is enough.',
    remediation: [
      'Declare a flow that forbids it: after the tag secret or untrusted, forbid the tag egress or the irreversible tool, unless: approved if a person may decide.',
      'Enforce that flow in the code, or split the agent so that no part has all of these tools.',
      'Correct tags that do not fit.',
    ],
    controls: [
      'NIST-AI-RMF:MAP-3.5',
      'EU-AI-ACT:15(5)',
      'OWASP-ASI:ASI01',
      'OWASP-ASI:ASI02',
      'OWASP-LLM:LLM01',
      'OWASP-LLM:LLM06',
    ],
    kinds: INSPECTED_KINDS,
    subject: 'tools',
    since: '2026-11-25',
  },
  needs: {},
  limits: faultLimits('Combinations of tools that no flow takes apart'),
  inspects: true,
  evaluate(_seen, limits, context): CheckResult {
    const { plan } = context;
    if (plan.tools === undefined) return noTools(MISSING_TOOLS);
    const tools = toolsOf(plan);
    const verdict = faultVerdict({ faults: toxicCombinations(plan), limits, n: tools.length, words: WORDS }, context);
    const untagged = tools.filter(([, { tags }]) => tags === undefined).map(([name]) => name);
    if (verdict.outcome === 'fail' || untagged.length === 0) return verdict;
    const evidence = untagged.slice(0, WITNESS_LIMIT).map((name) => manifestRef(plan, pointerOf('tools', name)));
    const message = `of ${untagged.length} of ${quantity(tools.length, 'tool')} nothing says whether strangers write its output, whether it reads secrets or sends out: ${nameSome(untagged)}`;
    return { ...verdict, outcome: 'inconclusive', message, missing: WORDS.missing, evidence };
  },
});

const WORDS = {
  noun: 'tool',
  nouns: 'tools',
  keeps: 'in no combination that lets strangers leak or act',
  missing: {
    input: 'tags of tools',
    remedy: 'Declare tags for each named tool: secret, untrusted, egress, or [] for none.',
  },
};
