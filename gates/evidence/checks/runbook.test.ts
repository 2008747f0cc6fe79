import { describe, expect, it } from 'vitest';
import type { InspectedFile, Inspection } from '../../../src/contract/inspection.ts';
import { LONGEST_TEXT } from '../../../src/contract/inspection.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { aContext, anInspectedFile, anInspection, aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './runbook.ts';

const limits = { unnamed: 0, ageDays: undefined };
const monitor = { name: 'primary failures', signal: 'error.type', alert: 'page' };
const handoff = { queue: 'fraud-analysts', perHour: undefined, withinMs: undefined, tool: undefined };
const GOOD = 'When Claude fails, switch to\ngpt-4.1. Hand over to fraud-analysts. Watch primary\nfailures.';

interface Story {
  readonly text?: string | undefined;
  readonly files?: readonly InspectedFile[] | undefined;
  readonly plan?: Partial<Plan>;
  readonly inspection?: Partial<Inspection>;
}
/** A runbook with a text; `files: undefined` = the manifest names no file. */
const over = (story: Story = {}) => {
  const { text = GOOD, plan, inspection } = story;
  const files = 'files' in story ? story.files : [anInspectedFile('runbook.md')];
  const lines = { '': 1, '/evidence/runbook': 40, '/evidence/monitors/0': 41, '/models/fallback/0': 9 };
  return {
    seen: {},
    context: {
      plan: aPlan({ handoff, evidence: evidence('runbook.md'), manifestLines: lines, ...plan }),
      inspection: anInspection({
        files: files === undefined ? {} : { '/evidence/runbook': files },
        texts: { 'runbook.md': text },
        ...inspection,
      }),
    },
  };
};
function evidence(runbook: string | undefined): Plan['evidence'] {
  return { riskOwner: 'x', runbook, disclosure: undefined, monitors: [monitor] };
}
const experimental = { ...aPlan().workload, lane: 'experimental' } as const;
const days = (ageDays: number) => ({ unnamed: 0, ageDays });

describe('evidence/runbook', () => {
  it('cites the runbook and the declaration that it lacks', () => {
    const { seen, context } = over({ text: 'Hand over to fraud-analysts. Watch error.type.' });
    const { evidence } = check.evaluate(seen, limits, aContext(context));
    expect(evidence.map(({ artifact, line }) => `${artifact}:${line}`)).toEqual(['files/runbook.md:1', 'manifest:9']);
  });
});

testCheck(check, {
  pass: [
    {
      name: 'everything is named, over line ends',
      ...over(),
      limits,
      says: 'the runbook (runbook.md) names 3 of 3 declared fallbacks, queues and monitors',
    },
    {
      name: 'as much goes without a name as tolerated',
      ...over({ text: 'Switch to OpenAI, call fraud-analysts.' }),
      limits: { unnamed: 1, ageDays: undefined },
      says: 'names 2 of 3 declared fallbacks, queues and monitors, and not monitor "primary failures"',
    },
    { name: 'it is as old as allowed', ...over(), limits: days(10), says: 'changed 10 days before the evaluation' },
    {
      name: 'nothing is declared that it would have to name',
      ...over({
        text: 'Stop the service.',
        plan: {
          models: { ...aPlan().models, fallback: [] },
          handoff: undefined,
          evidence: { ...evidence('runbook.md'), monitors: undefined },
        },
      }),
      limits,
      says: 'names 0 of 0',
    },
    {
      name: 'the beginning of a long text names everything',
      ...over({ text: GOOD.padEnd(LONGEST_TEXT, ' .') }),
      limits,
      says: 'names 3 of 3',
    },
  ],
  fail: [
    {
      name: 'one monitor is not named',
      ...over({ text: 'Switch to OpenAI, call fraud-analysts.' }),
      limits,
      says: 'and not monitor "primary failures"',
    },
    { name: 'it is a day too old', ...over(), limits: days(9), says: 'changed 10 days before the evaluation, limit 9' },
    { name: 'it is declared and not there', ...over({ files: [] }), limits, says: 'is not there' },
    { name: 'it is empty', ...over({ text: ' \n' }), limits, says: 'the runbook (runbook.md) is empty' },
    { name: 'none is declared', ...over({ plan: { evidence: evidence(undefined) } }), limits, says: 'no runbook' },
    {
      name: 'an address was replaced, and a fallback is not named either',
      ...over({
        text: 'Write to [email:0123abcd]; error.type.',
        plan: { handoff: { ...handoff, queue: 'a@b.example' } },
      }),
      limits,
      says: 'and not fallback openai/gpt-4.1',
    },
  ],
  inconclusive: [
    { name: 'it is an address', ...over({ files: undefined }), limits, says: 'an address is not opened' },
    {
      name: 'none is declared in an experiment',
      ...over({ plan: { workload: experimental, evidence: evidence(undefined) } }),
      limits,
      says: 'no runbook is declared',
    },
    { name: 'it is binary', ...over({ text: `%PDF-1.7\0 ${GOOD}` }), limits, says: 'no text that can be read' },
    { name: 'it is in another encoding', ...over({ text: 'M\uFFFDller' }), limits, says: 'no text that can be read' },
    { name: 'its text was not kept', ...over({ inspection: { texts: {} } }), limits, says: 'no text that can be read' },
    {
      name: 'only the beginning was kept, and names too little',
      ...over({ text: ''.padEnd(LONGEST_TEXT, 'x ') }),
      limits,
      says: 'only the beginning of runbook.md was looked at, and it does not name fallback openai/gpt-4.1',
    },
    {
      name: 'the queue is an address, and addresses were replaced',
      ...over({
        text: 'OpenAI; error.type; write to [email:0123abcd].',
        plan: { handoff: { ...handoff, queue: 'fraud@bank.example' } },
      }),
      limits,
      says: 'whether the runbook names queue fraud@bank.example is not known',
    },
    {
      name: 'an age is asked for without a history',
      ...over({ files: [anInspectedFile('runbook.md', { changedAt: undefined })], inspection: { hasHistory: false } }),
      limits: days(90),
      says: 'the whole history is not there',
    },
  ],
});
