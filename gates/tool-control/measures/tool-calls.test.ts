import { aModelCall, anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './tool-calls.ts';

const asks = (...requestedTools: string[]) => aModelCall({ requestedTools, finish: ['tool_calls'] });

testMeasure(measure, [
  {
    name: 'declared calls over many runs',
    runs: runs(20, () => ({ steps: [asks('get_case'), aToolCall(), aToolCall({ tool: 'create_case_note' })] })),
    value: { runs: 20, declared: 40, undeclared: { total: 0, names: [] }, unrecordedRuns: 0 },
  },
  {
    name: 'a call that was asked for and executed counts once',
    runs: [aRun({ steps: [asks('wire_money'), aToolCall({ tool: 'wire_money' })] })],
    value: { undeclared: { total: 1, names: [['wire_money', 1]] } },
  },
  {
    name: 'what was asked for twice and executed once counts twice',
    runs: [aRun({ steps: [asks('wire_money', 'wire_money'), aToolCall({ tool: 'wire_money' })] })],
    value: { undeclared: { total: 2, names: [['wire_money', 2]] } },
  },
  {
    name: 'names that every object has are not declared by that',
    runs: [aRun({ steps: [aToolCall({ tool: 'constructor' }), aToolCall({ tool: '__proto__', ref: aRef(9) })] })],
    value: {
      declared: 0,
      undeclared: {
        total: 2,
        names: [
          ['__proto__', 1],
          ['constructor', 1],
        ],
      },
    },
  },
  {
    name: 'a thousand invented names keep a bounded state',
    runs: runs(1_000, (i) => ({ steps: [aToolCall({ tool: `tool_${(i * 7919) % 1_000}`, ref: aRef(i) })] })),
    value: { runs: 1_000 },
  },
  {
    name: 'a tool step without a name is no declared call',
    runs: [aRun({ steps: [aToolCall({ tool: undefined })] })],
    value: { unnamed: 1, declared: 0, undeclared: { total: 0, names: [] } },
  },
  {
    name: 'without declared tools a nameless step is an undeclared call',
    plan: aPlan({ tools: 'none' }),
    runs: [aRun({ steps: [aToolCall({ tool: undefined })] })],
    value: { unnamed: 0, undeclared: { total: 1, names: [['(unnamed)', 1]] } },
  },
  ...['tool_calls', 'tool_use', 'tool_call', 'tool-calls', 'TOOL_CALL', 'function_call'].map((reason) => ({
    name: `a run that ends a call with ${reason} and has no tool step did not record its tools`,
    runs: [aRun({ steps: [aModelCall({ finish: [reason], requestedTools: undefined })] })],
    value: { unrecordedRuns: 1 },
  })),
  {
    name: 'an answer that asks for a tool without a tool step did not record its tools',
    runs: [aRun({ steps: [aModelCall({ finish: undefined, requestedTools: ['get_case'] })] })],
    value: { unrecordedRuns: 1 },
  },
  {
    name: 'a read that was recorded does not stand in for the write that was asked for',
    runs: [aRun({ steps: [asks('get_case', 'create_case_note'), aToolCall()] })],
    value: { declared: 1, unrecordedRuns: 1 },
  },
  {
    name: 'a refusal explains one call that was not executed, not two',
    runs: [
      aRun({ steps: [asks('create_case_note'), anApproval({ decision: 'reject' })] }),
      aRun({
        id: 'r2',
        ref: aRef(20),
        steps: [asks('get_case', 'create_case_note'), anApproval({ decision: 'reject' })],
      }),
    ],
    value: { unrecordedRuns: 1 },
  },
  {
    name: 'answers without finish reason and content are silent, failed calls are not',
    runs: [
      aRun({
        steps: [
          aModelCall({ finish: undefined, requestedTools: undefined }),
          aModelCall({ finish: undefined, requestedTools: undefined, error: '529' }),
          aModelCall({ finish: [], requestedTools: undefined }),
        ],
      }),
    ],
    value: { modelCalls: 3, silentCalls: 1, unrecordedRuns: 0 },
  },
]);
