import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { breachLimits, breachVerdict } from '../breach-verdict.ts';
import argumentSchemas from '../measures/argument-schemas.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/argument-schema',
    title: 'Tools are called with arguments that meet their schema',
    severity: 'blocker',
    why: 'Servers accept arguments that their schema forbids. What a schema does not name nobody reviewed, and what it requires and does not get is guessed.',
    remediation: [
      'Validate arguments against the schema before the call, unknown members refused.',
      'Correct the schema where the call was right.',
      'Record new runs and test again.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.7', 'EU-AI-ACT:15(5)', 'OWASP-ASI:ASI02'],
    kinds: OBSERVED_KINDS,
    subject: 'argument-schemas',
    since: '2026-11-25',
  },
  needs: { argumentSchemas },
  limits: breachLimits('Calls whose arguments do not meet the schema'),
  evaluate: ({ argumentSchemas: seen }, limits) =>
    breachVerdict(seen, limits.calls, {
      noun: 'call of a tool with a schema',
      nouns: 'calls of tools with a schema',
      breaks: 'did not meet it',
      keeps: 'met it',
      unknown: {
        input: 'arguments of tool calls',
        remedy: 'Record gen_ai.tool.call.arguments, whole, on every execute_tool span.',
      },
      unexercised: {
        input: 'runs that use the tools with a schema',
        remedy: 'Record runs in which the workload calls these tools.',
      },
    }),
});
