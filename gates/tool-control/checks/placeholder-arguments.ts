import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { breachLimits, breachVerdict } from '../breach-verdict.ts';
import placeholderArguments from '../measures/placeholder-arguments.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/placeholder-arguments',
    title: 'No argument is a placeholder',
    severity: 'advisory',
    why: 'A model that does not know a value writes something that looks like one: your_account_id, unknown, user@example.com. The tool then acts on nothing, or on the wrong thing.',
    remediation: [
      'Make the agent look the value up or ask the user before it calls the tool.',
      'Refuse such values in the tool.',
      'Record new runs and test again.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.5', 'EU-AI-ACT:15(1)'],
    kinds: OBSERVED_KINDS,
    subject: 'tools',
    since: '2026-11-25',
  },
  needs: { placeholderArguments },
  limits: breachLimits('Calls with a placeholder for an argument'),
  evaluate: ({ placeholderArguments: seen }, limits) =>
    breachVerdict(seen, limits.calls, {
      noun: 'tool call',
      nouns: 'tool calls',
      breaks: 'had a placeholder for a value',
      keeps: 'had no placeholder for a value',
      unknown: {
        input: 'arguments of tool calls',
        remedy: 'Record gen_ai.tool.call.arguments, whole, on every execute_tool span.',
      },
      unexercised: { input: 'runs that use the tools', remedy: 'Record runs in which the workload calls its tools.' },
    }),
});
