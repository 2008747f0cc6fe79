import { describe, expect, it } from 'vitest';
import type { Inspection } from '../../../src/contract/inspection.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import {
  aContext,
  aModelCall,
  anInspectedFile,
  anInspection,
  aPlan,
  EVALUATED_AT,
  runs,
} from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import citations from '../measures/citations.ts';
import check from './knowledge-pins.ts';

type Source = Exclude<Plan['knowledge'], 'none' | undefined>[number];

const DAY_MS = 86_400_000;
const limits = { cited: 0.95 };
const policy: Source = {
  name: 'fraud-policy',
  path: 'kb/**',
  maxAgeMs: 90 * DAY_MS,
  isCited: false,
  citation: undefined,
  assertion: undefined,
};
const cited: Source = { ...policy, maxAgeMs: undefined, isCited: true, assertion: 0 };
const changed = (ms: number) => ({ changedAt: new Date(Date.parse(EVALUATED_AT) - ms).toISOString() });
const aged = (days: number) => anInspectedFile('kb/old.md', changed(days * DAY_MS));

interface Story {
  readonly knowledge?: Source[];
  readonly files?: Inspection['files'];
  readonly inspection?: Partial<Inspection>;
  /** Facts of the last answer of the runs; `failed` = the call failed. */
  readonly facts?: readonly (string | undefined)[];
}
const over = ({ knowledge = [policy], files, inspection, facts = ['1'] }: Story = {}) => {
  const lines = { '': 1, '/knowledge/0/path': 12, '/knowledge/1/path': 13 };
  const plan = aPlan({ knowledge, manifestLines: lines });
  const list = runs(facts.length, (i) => ({ steps: [callWith(facts[i])] }));
  const found = { '/knowledge/0/path': [anInspectedFile('kb/new.md'), aged(90)], ...files };
  return {
    seen: { citations: measured(citations, list, plan) },
    context: { plan, inspection: anInspection({ files: found, ...inspection }) },
  };
};
function callWith(facts: string | undefined) {
  if (facts !== 'failed') return aModelCall({ facts });
  return aModelCall({ facts: undefined, requestedTools: undefined, error: '529' });
}
const answers = (good: number, bad: number): string[] => [...Array(good).fill('1'), ...Array(bad).fill('0')];
const both: Story = {
  knowledge: [cited, { ...cited, name: 'law', path: 'law/**', assertion: 1 }],
  files: { '/knowledge/1/path': [anInspectedFile('law/1.md')] },
};

describe('evidence/knowledge-pins', () => {
  it('needs runs only where something must be cited', () => {
    const samples = (knowledge: Source[]) => check.samples?.(limits, aPlan({ knowledge }));
    expect(samples([policy])).toEqual([]);
    expect(samples([policy, cited])).toMatchObject([{ claim: 'cited>=0.95', allowed: 0.05 }]);
  });

  it('cites the document that is too old', () => {
    const { seen, context } = over({ files: { '/knowledge/0/path': [aged(91)] } });
    expect(check.evaluate(seen, limits, aContext(context)).evidence).toMatchObject([{ artifact: 'files/kb/old.md' }]);
  });
});

testCheck(check, {
  pass: [
    {
      name: 'the oldest document is as old as declared',
      ...over(),
      limits,
      says: 'kb/old.md of fraud-policy (kb/**) was changed 90 days before the evaluation, limit 90 days',
    },
    {
      name: 'no age is declared, so no history is needed',
      ...over({ knowledge: [{ ...policy, maxAgeMs: undefined }], inspection: { hasHistory: undefined } }),
      limits,
      says: 'has 2 files, and no age is declared',
    },
    {
      name: 'as many answers cite as prove the rate',
      ...over({ knowledge: [cited], facts: answers(59, 0) }),
      limits,
      says: '59 of 59 runs cite in their last answer what they must: proves at least 95.05 %',
    },
    {
      name: 'a run that failed without an answer is no answer without a citation',
      ...over({ knowledge: [cited], facts: [...answers(59, 0), 'failed'] }),
      limits,
      says: '59 of 59 runs cite in their last answer what they must (1 more gave none)',
    },
    {
      name: 'every answer cites the one or the other',
      ...over({ ...both, facts: [...Array(30).fill('10'), ...Array(29).fill('01')] }),
      limits,
      says: '59 of 59 runs cite',
    },
  ],
  fail: [
    {
      name: 'the oldest document is a millisecond too old',
      ...over({
        files: {
          '/knowledge/0/path': [
            anInspectedFile('kb/new.md'),
            anInspectedFile('kb/old.md', changed(90 * DAY_MS + 1_000)),
          ],
        },
      }),
      limits,
      says: 'limit 90 days',
    },
    {
      name: 'a document is too old and another in no commit',
      ...over({ files: { '/knowledge/0/path': [aged(91), anInspectedFile('kb/x.md', { changedAt: undefined })] } }),
      limits,
      says: 'was changed 91 days before',
    },
    {
      name: 'the path names no file',
      ...over({ files: { '/knowledge/0/path': [] } }),
      limits,
      says: 'fraud-policy (kb/**) names no file',
    },
    {
      name: 'every file is empty',
      ...over({ files: { '/knowledge/0/path': [anInspectedFile('kb/a.md', { bytes: 0 })] } }),
      limits,
      says: 'every file of fraud-policy (kb/**) is empty',
    },
    {
      name: 'the second source was not found, and the first is too old',
      ...over({ ...both, knowledge: [policy, { ...policy, name: 'law' }], files: { '/knowledge/0/path': [aged(91)] } }),
      limits,
      says: 'law (kb/**) names no file',
    },
    {
      name: 'too few answers cite',
      ...over({ knowledge: [cited], facts: answers(80, 20) }),
      limits,
      says: '80 of 100 runs cite in their last answer what they must: at most',
    },
  ],
  inconclusive: [
    {
      name: 'the history is not whole',
      ...over({
        files: { '/knowledge/0/path': [anInspectedFile('kb/a.md', { changedAt: undefined })] },
        inspection: { hasHistory: false },
      }),
      limits,
      says: 'the whole history is not there',
    },
    {
      name: 'dates are there without the whole history',
      ...over({ inspection: { hasHistory: undefined } }),
      limits,
      says: 'the whole history is not there',
    },
    {
      name: 'a document is in no commit',
      ...over({ files: { '/knowledge/0/path': [aged(3), anInspectedFile('kb/x.md', { changedAt: undefined })] } }),
      limits,
      says: 'when 1 file of fraud-policy (kb/**) was last changed is not known',
    },
    {
      name: 'a document is dated after the evaluation',
      ...over({ files: { '/knowledge/0/path': [anInspectedFile('kb/x.md', changed(-300_001))] } }),
      limits,
      says: 'or dated after the evaluation',
    },
    {
      name: 'one run fewer than prove the rate',
      ...over({ knowledge: [cited], facts: answers(58, 0) }),
      limits,
      says: '59 runs without a failure would prove it',
    },
    {
      name: 'one answer is not recorded',
      ...over({ knowledge: [cited], facts: [...answers(99, 0), undefined] }),
      limits,
      says: 'the text of the last answer is not recorded for 1 of 100 runs',
    },
    {
      name: 'one of two sources is never cited',
      ...over({ ...both, facts: Array(60).fill('10') }),
      limits,
      says: 'no last answer in 60 runs cites law',
    },
  ],
});
