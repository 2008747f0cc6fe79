import { expect, it } from 'vitest';
import { aPlan } from '../../src/dev/testing/builders.ts';
import { isNamedIn, runbookSubjects } from './runbook-names.ts';

const plan = aPlan({
  handoff: { queue: 'ops', perHour: undefined, withinMs: undefined, tool: undefined },
  evidence: {
    riskOwner: undefined,
    runbook: 'runbook.md',
    disclosure: undefined,
    monitors: [{ name: 'primary  failures', signal: 'error.type', alert: 'page' }],
  },
  manifestLines: { '': 1, '/models/fallback': 8, '/handoff/queue': 20, '/evidence/monitors/0': 30 },
});
const subjects = runbookSubjects(plan);

it('asks for every fallback, the queue and every monitor, each with its place', () => {
  expect(subjects.map(({ label, ref }) => [label, ref.line])).toEqual([
    ['fallback openai/gpt-4.1', 8],
    ['queue ops', 20],
    ['monitor "primary  failures"', 30],
  ]);
  expect(runbookSubjects(aPlan({ models: { ...plan.models, fallback: [] } }))).toEqual([]);
});

it.each([
  ['the model in other letters', 0, 'Switch to GPT-4.1.', 'yes'],
  ['the provider alone', 0, 'Switch to OpenAI by hand.', 'yes'],
  ['another model of the family', 0, 'Never use gpt-4.', 'no'],
  ['the queue as a word', 1, 'Call Ops.', 'yes'],
  ['the queue within a word', 1, 'When it stops, wait for the laptops.', 'no'],
  ['a monitor by its name', 2, 'On primary failures, page.', 'yes'],
  ['a monitor by its signal', 2, 'Look at error.type first.', 'yes'],
  ['nothing', 2, '', 'no'],
])('finds %s', (_name, index, text, expected) => {
  const subject = subjects[index];
  expect(subject && isNamedIn(text, subject)).toBe(expected);
});

it('does not know whether an address is named where addresses were replaced', () => {
  const queue = { label: 'queue', names: ['fraud@bank.example'], ref: { artifact: 'manifest', line: 1, pointer: '' } };
  expect(isNamedIn('Write to [email:0123abcd].', queue)).toBe('hidden');
  expect(isNamedIn('Write to nobody.', queue)).toBe('no');
  expect(isNamedIn('Write to fraud@bank.example, not [email:0123abcd].', queue)).toBe('yes');
});
