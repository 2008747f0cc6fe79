import type { Run, Step } from '../../src/contract/run.ts';
import { secretKind } from '../../src/contract/secret-token.ts';
import type { JudgedBreach } from './breaches.ts';

/** How a text ends that was longer than what is kept of it. */
const CUT = '…';

/**
 * Every step whose text was recorded: whether a secret stood in it, or in what the tool answered. Of one that was cut, the
 * rest is not known.
 */
export function secretSteps({ steps }: Run): JudgedBreach<Step>[] {
  return steps.flatMap((step): JudgedBreach<Step>[] => {
    const answered = step.type === 'tool' ? step.resultSecret : undefined;
    if (step.type === 'tool' && answered !== undefined) {
      return [{ call: step, standing: 'breached', label: `${answered} in what ${step.tool ?? '(unnamed)'} answered` }];
    }
    const { text, where } = textOf(step);
    if (text === undefined) return [];
    const kind = secretKind(text);
    if (kind !== undefined) return [{ call: step, standing: 'breached', label: `${kind} in ${where}` }];
    return [{ call: step, standing: text.endsWith(CUT) ? 'unknown' : 'held', label: `${where}, cut` }];
  });
}

function textOf(step: Step): { readonly text?: string | undefined; readonly where: string } {
  switch (step.type) {
    case 'tool':
      return { text: step.args, where: `arguments of ${step.tool ?? '(unnamed)'}` };
    case 'approval':
      return { text: step.args, where: 'approved arguments' };
    case 'model':
      return { text: step.text, where: `answer of ${step.servedModel ?? step.requestedModel ?? '(unnamed)'}` };
    case 'embedding':
    case 'retrieval':
      return { where: '' };
  }
}
