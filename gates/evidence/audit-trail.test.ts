import { expect, it } from 'vitest';
import type { Plan } from '../../src/contract/plan.ts';
import type { Run } from '../../src/contract/run.ts';
import { aModelCall, anApproval, aPlan, aRetrieval, aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { type AuditPart, hasPart } from './audit-trail.ts';

const policy = {
  name: 'p',
  path: 'kb/**',
  maxAgeMs: undefined,
  isCited: false,
  citation: undefined,
  assertion: undefined,
};
const knowing: Partial<Plan> = { knowledge: [policy] };
const note = aToolCall({ tool: 'create_case_note', callId: 'c1' });
const silent = aModelCall({ text: undefined, facts: undefined, requestedTools: undefined });
const approving = (...steps: Run['steps']): Partial<Run> => ({ steps });

it.each<[part: AuditPart, what: string, run: Partial<Run>, expected: boolean, plan?: Partial<Plan>]>([
  ['who', 'no principal', {}, false],
  ['who', 'a principal', { principal: 'svc-fraud' }, true],
  ['version', 'nothing', {}, false],
  ['version', 'a digest', { artifactsDigest: 'sha256:1' }, true],
  ['version', 'a revision', { revision: 'abc' }, true],
  ['version', 'a version of the workload', { version: '1.2' }, true],
  ['context', 'no retrieval where no knowledge is declared', {}, true],
  ['context', 'no retrieval where answers rest on none', {}, true, { knowledge: 'none' }],
  ['context', 'no retrieval where answers rest on documents', {}, false, knowing],
  ['context', 'a retrieval without documents', { steps: [aRetrieval({ documents: undefined })] }, false, knowing],
  ['context', 'a retrieval that found nothing', { steps: [aRetrieval({ documents: [] })] }, true, knowing],
  ['decision', 'an answer', {}, true],
  ['decision', 'a call without content', { steps: [silent] }, false],
  ['decision', 'a request for a tool', { steps: [aModelCall({ ...silent, requestedTools: ['get_case'] })] }, true],
  ['decision', 'an executed tool', { steps: [silent, aToolCall()] }, true],
  ['decision', 'a tool step without a name', { steps: [silent, aToolCall({ tool: undefined })] }, false],
  ['approval', 'no call that needs one', { steps: [aToolCall()] }, true],
  ['approval', 'a write without one', approving(note), false],
  ['approval', 'a write with one', approving(anApproval(), note), true],
  ['approval', 'one for another tool', approving(anApproval({ tool: 'close_case' }), note), false],
  ['approval', 'one for another call of the tool', approving(anApproval({ callId: 'c2' }), note), false],
  ['approval', 'one that names the call', approving(anApproval({ tool: undefined, callId: 'c1' }), note), true],
  ['approval', 'one that names nothing', approving(anApproval({ tool: undefined }), note), true],
  ['approval', 'one that decides nothing', approving(anApproval({ decision: undefined }), note), false],
  ['approval', 'a refusal, which is a record', approving(anApproval({ decision: 'reject' }), note), true],
  ['approval', 'a write where none is demanded', approving(note), true, { tools: 'none' }],
  ['approval', 'a tool named like a property of every object', approving(aToolCall({ tool: 'constructor' })), true],
  ['outcome', 'an outcome', { hasRoot: false }, true],
  ['outcome', 'the span around the task', { outcome: undefined }, true],
  ['outcome', 'neither', { outcome: undefined, hasRoot: false }, false],
])('asks for %s and finds %s: %o → %s', (part, _what, run, expected, plan) => {
  expect(hasPart(part, aRun(run), aPlan(plan))).toBe(expected);
});
