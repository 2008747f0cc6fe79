import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/contract/run.ts';
import { anApproval, aPlan, aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { originBreaches } from './origin-breaches.ts';
import { hasUnprovenValue } from './unproven-values.ts';

const plan = aPlan({
  tools: {
    pay: {
      effect: 'write',
      approve: 'always',
      approval: { by: 'user' },
      rules: [{ kind: 'provenance', arg: 'to', from: [{ type: 'user' }], beside: [] }, { kind: 'confirmed' }],
    },
  },
});
const pay = (facts: string | undefined) => aToolCall({ tool: 'pay', facts, callId: undefined });
const judged = (...steps: Step[]) => originBreaches(aRun({ steps }), plan).map(({ standing }) => standing);

describe('originBreaches', () => {
  it('takes a recorded approval of the very call, and not the yes of the user, for a value that nobody named', () => {
    expect(judged(pay('a1'))).toEqual(['breached']);
    expect(judged(anApproval({ tool: 'pay' }), pay('a1'))).toEqual(['held']);
    expect(judged(anApproval({ tool: 'other' }), pay('a1'))).toEqual(['breached']);
  });

  it('does not spend an approval on a call that needs none', () => {
    expect(judged(anApproval({ tool: 'pay' }), pay('11'), pay('a1'))).toEqual(['held', 'held']);
  });

  it('does not know a call without facts', () => {
    expect(judged(pay(undefined), pay('?1'))).toEqual(['unknown', 'unknown']);
  });

  it('does not know whether an approval counts that does not say who gave it', () => {
    expect(judged(anApproval({ tool: 'pay', by: undefined }), pay('u1'))).toEqual(['unknown']);
  });
});

describe('hasUnprovenValue', () => {
  it.each(['constructor', undefined, 'other'])('has nothing to say of a tool that is not declared: %s', (tool) => {
    expect(hasUnprovenValue(aToolCall({ tool, facts: 'uu' }), plan)).toBe(false);
  });
});
