import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/contract/run.ts';
import { aModelCall, anApproval, aRef, aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { unrecordedCalls } from './unrecorded-calls.ts';

const asks = (...requestedTools: string[]) => aModelCall({ requestedTools, finish: ['tool_calls'] });
const ends = (...finish: string[]) => aModelCall({ finish, requestedTools: undefined });
const ran = (tool: string | undefined) => aToolCall({ tool });
const refused = (tool: string | undefined) => anApproval({ tool, decision: 'reject' });
const names = (...steps: Step[]) => unrecordedCalls(aRun({ steps })).map(({ tool }) => tool);

describe('unrecordedCalls', () => {
  it('finds nothing where every requested call was executed or refused', () => {
    expect(names(aModelCall(), asks('read', 'write'), ran('write'), ran('read'))).toEqual([]);
    expect(names(asks('write', 'write'), refused('write'), ran('write'))).toEqual([]);
    expect(names(ran('read'), ran('read'))).toEqual([]);
  });

  it('compares name by name: another tool does not stand in for the one asked for', () => {
    expect(names(asks('read', 'write'), ran('read'))).toEqual(['write']);
    expect(names(asks('write'), ran('read'), ran('read'))).toEqual(['write']);
    expect(names(asks('write', 'write'), ran('write'))).toEqual(['write']);
    expect(names(asks('write'), refused('read'))).toEqual(['write']);
  });

  it('takes a step or refusal without a name for one call of any tool', () => {
    expect(names(asks('read', 'write'), ran(undefined))).toHaveLength(1);
    expect(names(asks('read', 'write'), ran(undefined), refused(undefined))).toEqual([]);
  });

  it('lets only what follows the answer explain it', () => {
    expect(names(ran('write'), asks('write'))).toEqual(['write']);
    expect(names(ran('read'), ends('tool_use'))).toEqual([undefined]);
    expect(names(refused('write'), asks('write'))).toEqual(['write']);
  });

  it('takes a finish reason alone for one call of a tool that it does not name', () => {
    expect(names(ends('tool_calls'), ran('read'), ends('tool_calls'))).toEqual([undefined]);
    expect(names(ends('tool_calls'), ran('read'), ends('tool_calls'), ran('read'))).toEqual([]);
    expect(names(aModelCall({ finish: ['tool_calls'], requestedTools: [] }))).toEqual([undefined]);
  });

  it('does not take an approval for an execution', () => {
    expect(names(asks('write'), anApproval({ tool: 'write' }))).toEqual(['write']);
  });

  it('points at the answer that asked', () => {
    const steps = [aModelCall({ requestedTools: ['write'], ref: aRef(7) })];
    expect(unrecordedCalls(aRun({ steps }))).toEqual([{ tool: 'write', ref: aRef(7) }]);
  });
});
