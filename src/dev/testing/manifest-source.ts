import type { SourceFile } from '../../manifest/source-file.ts';

/** The least that is a manifest for the stand-in catalogue; tests replace parts of it. */
export const LEAST_MANIFEST = `version: 1
workload:
  name: fraud-review
  owner: payments-risk
  lane: production
  autonomy: execute-with-approval
models:
  primary: { provider: anthropic, model: claude-sonnet-4-5 }
traffic: { monthlyRuns: 1000 }
scenarios:
  - { id: summarize, share: 1, select: { aigate.case: summarize } }
`;

/** A text as a file that was read. */
export function aSource(text: string, path = 'aigate.yaml'): SourceFile {
  return { path, text, sha256: 'd'.repeat(64) };
}
