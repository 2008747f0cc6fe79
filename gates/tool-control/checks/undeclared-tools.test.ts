import type { Plan } from '../../../src/contract/plan.ts';
import type { Run, Step } from '../../../src/contract/run.ts';
import { aModelCall, anInspection, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import toolCalls from '../measures/tool-calls.ts';
import toolOffers from '../measures/tool-offers.ts';
import check from './undeclared-tools.ts';

const limits = { calls: 0, offers: 0 };
const over = (list: readonly Run[], overrides: Partial<Plan> = {}) => {
  const plan = aPlan(overrides);
  const seen = { toolCalls: measured(toolCalls, list, plan), toolOffers: measured(toolOffers, list, plan) };
  return { seen, context: { plan } };
};
const withSteps = (...steps: Step[]) => [aRun({ steps: [aModelCall(), ...steps] })];
const offering = (offeredTools: string[], steps: Step[] = [aToolCall()]) => [
  aRun({ steps: [aModelCall({ offeredTools }), ...steps] }),
];
const wires = withSteps(aToolCall({ tool: 'wire_money' }), aToolCall({ tool: 'wire_money', ref: aRef(9) }));

/** As `over`, with code that offers these tools. */
const withCode = (
  names: readonly string[],
  list: readonly Run[],
  { all = names.length, ...overrides }: Partial<Plan> & { all?: number } = {},
) => {
  const { seen, context } = over(list, overrides);
  const path = 'src/agent.ts';
  const findings = names.map((found, i) => ({ rule: 'offered-tool', found, path, line: i + 1, column: 1 }));
  const counts = { 'offered-tool': all };
  const scan = { files: {}, unscanned: {}, findings, counts, digests: { [path]: 'a'.repeat(64) }, unread: [] };
  return { seen, context: { ...context, inspection: anInspection({ scan }) } };
};

testCheck(check, {
  pass: [
    {
      name: 'every call is declared',
      ...over(withSteps(aToolCall())),
      limits,
      says: '1 tool call in 1 run, of declared tools only',
    },
    {
      name: 'requests offer declared tools only',
      ...over([...offering(['get_case']), ...offering([]), ...withSteps(aToolCall())]),
      limits,
      says: 'of declared tools only; 2 of 3 requests offer no undeclared tool',
    },
    {
      name: 'the code offers declared tools only',
      ...withCode(['get_case', 'get_case'], withSteps(aToolCall())),
      limits,
      says: '1 tool call in 1 run, of declared tools only',
    },
    {
      name: 'offers exactly at the limit',
      ...over([...offering(['wire_money', 'get_case']), ...offering(['wire_money'])]),
      limits: { calls: 0, offers: 2 },
      says: '2 requests offer wire_money (2)',
    },
    {
      name: 'undeclared calls exactly at the limit',
      ...over([...wires, ...withSteps(aToolCall())]),
      limits: { calls: 2, offers: 0 },
      says: 'wire_money (2)',
    },
    {
      name: 'none declared and complete runs show none',
      ...over(runs(12), { tools: 'none' }),
      limits,
      says: 'no tool call in 12 runs',
    },
  ],
  fail: [
    {
      name: 'one offer more than may be',
      ...over([...offering(['wire_money', 'wire_money']), ...offering(['wire_money', 'get_case'])]),
      limits: { calls: 0, offers: 1 },
      says: '2 offers of tools that are not declared: wire_money (2), in 2 requests',
    },
    {
      name: 'a tool is offered although none is declared',
      ...over(offering(['get_case'], []), { tools: 'none' }),
      limits,
      says: '1 offer of tools although the manifest declares tools: none: get_case (1), in 1 request',
    },
    {
      name: 'a tool is not declared',
      ...over(wires),
      limits: { calls: 1, offers: 0 },
      says: '2 calls of tools that are not declared: wire_money (2)',
    },
    {
      name: 'an undeclared tool was only asked for',
      ...over(withSteps(aModelCall({ requestedTools: ['wire_money'] }), aToolCall())),
      limits,
      says: 'wire_money (1)',
    },
    {
      name: 'a tool is called although none is declared',
      ...over(withSteps(aToolCall()), { tools: 'none' }),
      limits,
      says: 'although the manifest declares tools: none',
    },
    {
      name: 'a nameless tool is called although none is declared',
      ...over(withSteps(aToolCall({ tool: undefined })), { tools: 'none' }),
      limits,
      says: '(unnamed)',
    },
    {
      name: 'a tool is called and nothing is declared',
      ...over(withSteps(aToolCall()), { tools: undefined }),
      limits,
      says: 'while the manifest declares no tools',
    },
    {
      name: 'a tool is named like a property of every object',
      ...over(withSteps(aToolCall({ tool: 'toString' }))),
      limits,
      says: 'toString (1)',
    },
    {
      name: 'a name hides characters',
      ...over(withSteps(aToolCall({ tool: 'get_case\u202e' }))),
      limits,
      says: 'get_case\\u{202e}',
    },
  ],
  inconclusive: [
    {
      name: 'the code offers a tool that nobody declared',
      ...withCode(['get_case', 'wire_money'], withSteps(aToolCall())),
      limits,
      says: 'the code offers 1 tool that is not declared: wire_money at src/agent.ts:2',
    },
    {
      name: 'the code offers more than is listed',
      ...withCode(['get_case'], withSteps(aToolCall()), { all: 2 }),
      limits,
      says: 'the code offers tools in 2 places, and only 1 could be listed',
    },
    {
      name: 'the code offers a tool although there is none',
      ...withCode(['get_case', 'constructor'], runs(12), { tools: 'none' }),
      limits,
      says: 'the code offers 2 tools that are not declared: get_case at src/agent.ts:1; constructor at src/agent.ts:2',
    },
    { name: 'declared tools were never called', ...over(runs(3)), limits, says: 'no tool call was seen in 3 runs' },
    {
      name: 'nothing is declared and nothing was called',
      ...over(runs(3), { tools: undefined }),
      limits,
      says: 'the manifest declares no tools',
    },
    {
      name: 'a tool step has no name',
      ...over(withSteps(aToolCall(), aToolCall({ tool: undefined, ref: aRef(9) }))),
      limits,
      says: '1 tool step recorded without the name',
    },
    {
      name: 'one run asked for a tool and recorded none',
      ...over([...withSteps(aToolCall()), aRun({ steps: [aModelCall({ finish: ['tool_use'] })] })]),
      limits,
      says: 'in 1 of 2 runs a model asked for a tool',
    },
    {
      name: 'one requested write was neither executed nor refused, beside a recorded read',
      ...over(withSteps(aModelCall({ requestedTools: ['get_case', 'create_case_note'] }), aToolCall())),
      limits,
      says: 'in 1 of 1 run a model asked for a tool call that is recorded neither as executed nor as refused',
    },
    {
      name: 'none declared, and an answer does not say what it ended with',
      ...over([aRun({ steps: [aModelCall({ finish: undefined, requestedTools: undefined })] })], { tools: 'none' }),
      limits,
      says: '1 of 1 model call has neither',
    },
    {
      name: 'none declared, and no model call was recorded',
      ...over([aRun({ steps: [] })], { tools: 'none' }),
      limits,
      says: 'no model call was recorded',
    },
  ],
});
