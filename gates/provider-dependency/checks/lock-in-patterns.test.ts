import type { CodeFinding, CodeScan, Inspection } from '../../../src/contract/inspection.ts';
import { anInspection, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './lock-in-patterns.ts';

const limits = { findings: 0 };
const plan = aPlan({ manifestLines: { '': 1, '/workload': 2, '/workload/code': 7 } });
const at = (rule: string, line: number, found = 'x'): CodeFinding => ({
  rule,
  path: 'src/llm.ts',
  line,
  column: 1,
  found,
});

function inspected(scan: CodeScan | undefined): {
  seen: Record<never, never>;
  context: { plan: typeof plan; inspection: Inspection };
} {
  return { seen: {}, context: { plan, inspection: anInspection({ scan }) } };
}
const over = (findings: readonly CodeFinding[], more: Partial<CodeScan> = {}) => {
  const counts: Record<string, number> = {};
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  const digests = Object.fromEntries(findings.map(({ path }) => [path, 'a'.repeat(64)]));
  return inspected({
    files: { typescript: 12, python: 3 },
    unscanned: {},
    findings,
    counts,
    digests,
    unread: [],
    ...more,
  });
};

testCheck(check, {
  pass: [
    {
      name: 'nothing ties the code to a provider; its clients and its hygiene are said',
      ...over([at('provider-sdk', 1), at('missing-timeout', 9), at('missing-timeout', 12)]),
      limits,
      says: '0 lock-in findings in 15 files (python 3, typescript 12); 2 hygiene findings: missing-timeout (2); 1 inventory finding: provider-sdk (1)',
    },
    {
      name: 'as many findings as the limit',
      ...over([at('model-id', 4, 'gpt-4o-2024-08-06')]),
      limits: { findings: 1 },
      says: '1 lock-in finding: model-id (1) in 15 files (python 3, typescript 12); src/llm.ts:4 gpt-4o-2024-08-06',
    },
  ],
  fail: [
    {
      name: 'a model id in the code',
      ...over([at('model-id', 4, 'gpt-4o-2024-08-06')]),
      limits,
      says: 'src/llm.ts:4 gpt-4o-2024-08-06',
    },
    {
      name: 'one more than the limit, by rule, most first',
      ...over([at('region-literal', 2, 'us-east-1'), at('model-id', 4), at('model-id', 5)]),
      limits: { findings: 2 },
      says: '3 lock-in findings: model-id (2), region-literal (1) in 15 files (python 3, typescript 12); src/llm.ts:2 us-east-1, src/llm.ts:4 x, src/llm.ts:5 x; 0 hygiene',
    },
    {
      name: 'more findings than are listed',
      ...over([], { counts: { 'model-id': 4_000 } }),
      limits,
      says: '4,000 lock-in findings: model-id (4,000)',
    },
    {
      name: 'a finding although files could not be read',
      ...over([at('retired-api', 3, 'beta.assistants')], { unread: ['src/huge.ts'] }),
      limits,
      says: 'not read: src/huge.ts',
    },
    {
      name: 'hostile text in what was found',
      ...over([at('provider-endpoint', 3, '\u202ehttps://x')]),
      limits,
      says: '\\u{202e}https://x',
    },
  ],
  inconclusive: [
    {
      name: 'code in a language that no rule reads stands beside it',
      ...over([], { unscanned: { go: 3, shell: 1 } }),
      limits,
      says: 'not looked into: go (3), shell (1)',
    },
    { name: 'no code is declared', ...inspected(undefined), limits, says: 'the manifest declares no code' },
    {
      name: 'a file could not be read',
      ...over([], { unread: ['src/huge.ts'] }),
      limits,
      says: '0 lock-in findings in 15 files (python 3, typescript 12); 0 hygiene findings; 0 inventory findings; not read: src/huge.ts',
    },
    {
      name: 'no file of a language that is looked at',
      ...over([], { files: {} }),
      limits,
      says: '0 lock-in findings in 0 files (no known language)',
    },
    {
      name: 'a gateway configuration, beside code that may be of another language',
      ...over([], { files: { 'gateway-config': 1 } }),
      limits,
      says: '0 lock-in findings in 1 file (gateway-config 1)',
    },
    {
      name: 'more unread files than are named',
      ...over([], { unread: Array.from({ length: 12 }, (_, i) => `f${i}.ts`) }),
      limits,
      says: 'f9.ts and 2 more',
    },
  ],
});
