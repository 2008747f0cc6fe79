/** A check that compiles and passes nothing: `evaluate` is inconclusive and says where to write it. */
export function checkSkeleton(id: string, today: string): string {
  const [gate, noun] = id.split('/');
  return `import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';

export default defineCheck({
  meta: {
    id: '${id}',
    title: 'Say the passing state in one sentence without a full stop',
    severity: 'blocker',
    why: 'Say what happens to the business when this fails.',
    remediation: ['Say what to do first.'],
    controls: [],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '${today}',
  },
  needs: {},
  limits: {
    max: maximum({ unit: 'count', description: 'Say what must stay at or under it' }),
  },
  evaluate: () => ({
    outcome: 'inconclusive',
    message: 'not written yet: write evaluate() in gates/${gate}/checks/${noun}.ts',
    missing: {
      input: 'the check itself',
      remedy: 'Write evaluate() in gates/${gate}/checks/${noun}.ts and its cases beside it.',
    },
    evidence: [],
  }),
});
`;
}

/** Cases that fail with the instruction of the skeleton until the check decides something. */
export function testSkeleton(noun: string): string {
  return `import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './${noun}.ts';

testCheck(check, {
  pass: [{ name: 'at the limit', seen: {}, limits: { max: 1 }, says: '1' }],
  fail: [{ name: 'just over the limit', seen: {}, limits: { max: 1 }, says: '2' }],
  inconclusive: [{ name: 'seen, but not enough to decide', seen: {}, limits: { max: 1 }, says: 'runs' }],
});
`;
}
