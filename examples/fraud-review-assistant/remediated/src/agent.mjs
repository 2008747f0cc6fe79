import { readFileSync } from 'node:fs';
import { askForApproval } from './approval.mjs';
import { createModels } from './models.mjs';
import { isStopped } from './stop.mjs';
import { argumentProblem, TOOLS } from './tools.mjs';

const MAX_TURNS = 8;
const SYSTEM = readFileSync(new URL('../prompts/system.md', import.meta.url), 'utf8');

/** A person has to go on from here. The message says why. */
export class HandOff extends Error {}

/** Model call → tools → model call, until an answer is there. Throws HandOff when people have to take over. */
export async function workOn(task, telemetry) {
  const models = createModels();
  const conversation = [{ role: 'user', text: task.request }];
  const called = new Set();
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    goOn();
    const answer = await models.ask(
      { system: SYSTEM, conversation },
      { problemOf: (answer) => problemOf(answer, task, called) },
    );
    if (answer === undefined) throw new HandOff('no model gives a usable answer');
    if (answer.toolCalls.length === 0) return answer.text;
    conversation.push({ role: 'assistant', text: answer.text, toolCalls: answer.toolCalls });
    for (const call of answer.toolCalls) {
      goOn();
      const result = await runTool(call, telemetry);
      called.add(call.name);
      conversation.push({ role: 'tool', toolCallId: call.id, text: JSON.stringify(result) });
    }
  }
  throw new HandOff(`no answer after ${MAX_TURNS} turns`);
}

/** Asked before everything that has an effect: an operator may have stopped the assistant meanwhile. */
function goOn() {
  if (isStopped()) throw new HandOff('an operator has stopped the assistant');
}

/** Why an answer that arrived must not be used; undefined when it may. Nothing has been done with it yet. */
function problemOf({ finish, text, toolCalls }, task, called) {
  if (finish !== 'done' && finish !== 'tools') return `ended with ${finish}`;
  if (finish === 'tools' && toolCalls.length === 0) return 'wants a tool and names none';
  if (finish === 'done' && toolCalls.length > 0) return 'is done and yet wants a tool';
  for (const { name, args } of toolCalls) {
    const problem = argumentProblem(name, args);
    if (problem !== undefined) return problem;
    if (args.case !== undefined && args.case !== task.case) return `${name} is about another case`;
    // A note is written for those who asked for one.
    if (TOOLS[name].isWrite && task.needs !== name) return `${name} was not asked for`;
  }
  if (toolCalls.length > 0) return undefined;
  if (task.needs !== undefined && !called.has(task.needs)) return `answers without ${task.needs}`;
  return task.isAnswer(text) ? undefined : 'is no answer to the task';
}

/** One call of a tool. What writes needs a person's decision for exactly these arguments. */
async function runTool(call, telemetry) {
  const tool = TOOLS[call.name];
  const described = {
    'gen_ai.tool.name': call.name,
    'gen_ai.tool.call.id': call.id,
    'gen_ai.tool.call.arguments': JSON.stringify(call.args),
  };
  if (tool.isWrite) {
    if (process.env['ASSISTANT_MODE'] === 'read-only') throw new HandOff('nothing is written in this mode');
    const asking = telemetry.step(`approval ${call.name}`, described);
    const { decision, approver } = await askForApproval(call);
    if (decision === undefined) {
      asking.end({});
      throw new HandOff(`${call.name} waits for approval`);
    }
    asking.end({
      'aigate.approval.decision': decision,
      'aigate.approval.by': 'human',
      'aigate.approval.approver': approver,
    });
    if (decision !== 'approve') return { written: false, reason: 'the analyst does not want this note' };
  }
  const step = telemetry.step(`execute_tool ${call.name}`, {
    'gen_ai.operation.name': 'execute_tool',
    ...described,
  });
  try {
    const result = await tool.run(call.args);
    step.end({});
    return result;
  } catch {
    // Asked again, it would fail again; a person sees whether the note is there.
    step.end({ 'error.type': 'tool_error' }, true);
    throw new HandOff(`${call.name} fails`);
  }
}
