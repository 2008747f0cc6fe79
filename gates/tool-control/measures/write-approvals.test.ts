import { aModelCall, anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './write-approvals.ts';

const write = (line: number) => aToolCall({ tool: 'create_case_note', ref: aRef(line) });

testMeasure(measure, [
  {
    name: 'runs of which every other one is approved',
    runs: runs(30, (i) => ({ steps: i % 2 ? [write(i)] : [anApproval(), write(i)] })),
    value: {
      runs: 30,
      approvals: 15,
      calls: { approved: 15, missing: 15, 'not-human': 0, refused: 0, late: 0, unknown: 0 },
      unapproved: { total: 15, names: [['create_case_note', 15]] },
    },
  },
  { name: 'read calls are not judged', runs: [aRun({ steps: [aToolCall()] })], value: { runs: 1, approvals: 0 } },
  {
    name: 'a write tool that needs no approval is not judged',
    plan: aPlan({ tools: { create_case_note: { effect: 'write', approve: 'never' } } }),
    runs: [aRun({ steps: [write(1)] })],
    value: { unapproved: { total: 0, names: [] } },
  },
  {
    name: 'a read tool that needs approval is judged',
    plan: aPlan({ tools: { get_case: { effect: 'read', approve: 'always' } } }),
    runs: [aRun({ steps: [aToolCall()] })],
    value: { unapproved: { total: 1, names: [['get_case', 1]] } },
  },
  {
    name: 'requested calls that nothing explains, unless their tool needs no approval',
    runs: [
      aRun({ steps: [aModelCall({ requestedTools: ['create_case_note'], ref: aRef(7) })] }),
      aRun({ steps: [aModelCall({ requestedTools: ['get_case'] })] }),
      aRun({ steps: [aModelCall({ requestedTools: undefined, finish: ['tool_calls'], ref: aRef(8) })] }),
    ],
    value: { unrecorded: 2, witnesses: { unrecorded: [7, 8].map((line) => ({ value: 1, ref: aRef(line) })) } },
  },
  {
    name: 'nameless tool steps are counted',
    runs: [aRun({ steps: [aToolCall({ tool: undefined })] })],
    value: { unnamed: 1 },
  },
]);
