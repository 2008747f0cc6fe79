import { aModelCall, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './tool-use.ts';

testMeasure(measure, [
  {
    name: 'each declared tool once, however often it is called',
    runs: runs(20, (i) => ({ steps: [aToolCall({ tool: i % 2 === 0 ? 'get_case' : 'create_case_note' })] })),
    value: { runs: 20, used: [['create_case_note'], ['get_case']], unnamed: 0 },
  },
  {
    name: 'what a model asks for, and nothing undeclared',
    runs: [aRun({ steps: [aModelCall({ requestedTools: ['get_case', 'toString'] }), aToolCall({ tool: 'x' })] })],
    value: { used: [['get_case']] },
  },
  {
    name: 'runs with calls that name no tool',
    runs: [
      aRun({ steps: [aToolCall({ tool: undefined })] }),
      aRun({ id: 'r2', ref: aRef(9), steps: [aModelCall({ finish: ['tool_use'], requestedTools: undefined })] }),
    ],
    value: { runs: 2, used: [], unnamed: 2 },
  },
]);
