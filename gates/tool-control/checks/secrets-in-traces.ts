import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { breachLimits, breachVerdict } from '../breach-verdict.ts';
import leakedSecrets from '../measures/leaked-secrets.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/secrets-in-traces',
    title: 'No secret stands in arguments, answers or what tools answered',
    severity: 'blocker',
    why: 'A key in an argument has been shown to a model, its provider, every log on the way and everybody who may read the trace.',
    remediation: [
      'Revoke each secret that was found: the finding names the step, the report shows a token in its place.',
      'Let the tool take its credential from its own environment, never from the model.',
      'Redact traces where they are written, and record new runs.',
    ],
    controls: ['SOC2:CC6.1', 'EU-AI-ACT:15(5)', 'OWASP-ASI:ASI03', 'OWASP-LLM:LLM02'],
    kinds: OBSERVED_KINDS,
    subject: 'tools',
    since: '2026-11-25',
  },
  needs: { leakedSecrets },
  limits: breachLimits('Steps of runs in whose text a secret stands'),
  evaluate: ({ leakedSecrets: seen }, limits) =>
    breachVerdict(seen, limits.calls, {
      noun: 'step with recorded text',
      nouns: 'steps with recorded text',
      breaks: 'held a secret',
      keeps: 'held no secret of a known form',
      unknown: {
        input: 'arguments and answers, whole',
        remedy: 'Keep texts of steps below 2,000 characters, or record the long ones by reference.',
      },
      unexercised: {
        input: 'arguments and answers',
        remedy: 'Record gen_ai.tool.call.arguments and gen_ai.output.messages.',
      },
    }),
});
