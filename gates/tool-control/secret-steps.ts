import type { Run, Step } from '../../src/contract/run.ts';
import type { JudgedBreach } from './breaches.ts';

/**
 * What stands in place of a secret once a text is redacted, which happens before anything else sees it: its kind and
 * eight hex digits. Personal data is replaced too and may rightly be there. Cassettes, which are redacted when they are
 * written, have shorter tokens: what they hold reached no trace.
 */
const SECRET = /\[(private-key|bearer|jwt|api-key|aws-key|github-token|slack-token):[0-9a-f]{8}\]/;
/** How a text ends that was longer than what is kept of it. */
const CUT = '…';

/** Every step whose text was recorded: whether a secret stood in it. Of one that was cut, the rest is not known. */
export function secretSteps({ steps }: Run): JudgedBreach<Step>[] {
  return steps.flatMap((step): JudgedBreach<Step>[] => {
    const { text, where } = textOf(step);
    if (text === undefined) return [];
    const kind = SECRET.exec(text)?.[1];
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
