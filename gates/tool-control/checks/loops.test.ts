import type { Run } from '../../../src/contract/run.ts';
import { aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import toolRepetition from '../measures/tool-repetition.ts';
import check from './loops.ts';

const over = (...list: readonly Run[]) => ({ seen: { toolRepetition: measured(toolRepetition, list) } });
/** One call for each letter: the tool of that name; `?` has no recorded arguments. */
const calls = (letters: string) =>
  aRun({
    steps: [...letters].map((tool, i) => aToolCall({ tool, args: tool === '?' ? undefined : '{}', ref: aRef(i + 10) })),
  });
const limits = { identical: 5, rounds: 3 };

testCheck(check, {
  pass: [
    {
      name: 'as many identical calls as may be',
      ...over(calls('aaaaa')),
      limits,
      says: 'at most 5 identical calls in each of 1 run',
    },
    {
      name: 'as many turns as may be',
      ...over(calls('ababab'), calls('a')),
      limits,
      says: 'at most 3 identical calls in each of 2 runs',
    },
  ],
  fail: [
    {
      name: 'one more identical call',
      ...over(calls('aaaaaa')),
      limits,
      says: 'a run calls a 6 times with the same arguments',
    },
    {
      name: 'one more turn',
      ...over(calls('xabababab')),
      limits,
      says: 'a run goes 4 times through the same calls of a and b',
    },
    {
      name: 'a cycle of three',
      ...over(calls('abcabcabcabc')),
      limits,
      says: '4 times through the same calls of a and b and c',
    },
    { name: 'known repetition beside unknown calls', ...over(calls('?aaaaaa')), limits, says: 'a run calls a 6 times' },
  ],
  inconclusive: [
    {
      name: 'one call without arguments',
      ...over(calls('a?')),
      limits,
      says: '1 of 2 tool calls was recorded without whole',
    },
    {
      name: 'two calls without arguments',
      ...over(calls('a??')),
      limits,
      says: '2 of 3 tool calls were recorded without',
    },
    { name: 'no tool is called', ...over(calls('')), limits, says: 'no tool call in 1 run' },
  ],
});
