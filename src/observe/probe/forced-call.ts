import { rewritten } from '../inject/altered.ts';
import type { Injection } from '../inject/injection.ts';
import type { InjectedFault } from '../proxy/injected-fault.ts';
import type { WireAnswer, WireRequest, WireToolCall } from '../wire/wire-api.ts';

/** A call that a model is made to ask for. */
export interface ForcedCall {
  readonly name: string;
  readonly args: unknown;
  /** What it says beside it. */
  readonly text?: string;
}

/** The call that takes the place of an answer; undefined = the answer stays. */
export type ForcedBy = (answer: WireAnswer, request: WireRequest) => ForcedCall | undefined;

/**
 * Lets the model ask for a call once, in place of the first answer that fits. In place of it and not beside it: code that
 * looks at the first call only would not see one that stands behind others.
 */
export function forcedCall(id: string, forcedBy: ForcedBy): Injection {
  let isSaid = false;
  const fault: InjectedFault = {
    id,
    needsHealthy: true,
    apply: (healthy, context) => {
      if (isSaid || healthy.status >= 300) return undefined;
      return rewritten(healthy, context, (answer) => {
        const call = forcedBy(answer, context.request);
        if (call === undefined) return undefined;
        isSaid = true;
        return {
          ...answer,
          text: call.text ?? '',
          toolCalls: [wireCall(call, answer.toolCalls)],
          finish: 'tool_calls',
        };
      });
    },
  };
  return () => (isSaid ? undefined : fault);
}

/** Under the id of a call that it replaces, so that it looks like any other of the provider. */
function wireCall({ name, args }: ForcedCall, [replaced]: readonly WireToolCall[]): WireToolCall {
  return { id: replaced?.id ?? 'call_aigate_0', name, args: JSON.stringify(args) };
}
