import { rewritten } from '../inject/altered.ts';
import type { Injection } from '../inject/injection.ts';
import type { InjectedFault } from '../proxy/injected-fault.ts';
import type { WireAnswer } from '../wire/wire-api.ts';

/**
 * A model that never gives up: its first answer that calls one of these tools stays, with that call alone, and each later
 * request gets the same call again. After `most` of them it ends with words, so that code without any limit comes to an
 * end too.
 */
export function repeatedCall(
  id: string,
  { most, tools }: { readonly most: number; readonly tools: readonly string[] },
): Injection {
  let first: WireAnswer | undefined;
  let said = 0;
  const begin: InjectedFault = {
    id,
    needsHealthy: true,
    apply: (healthy, context) => {
      if (healthy.status >= 300) return undefined;
      return rewritten(healthy, context, (answer) => {
        const call = answer.toolCalls.find(({ name }) => tools.includes(name));
        if (call === undefined) return undefined;
        first = { ...answer, text: '', toolCalls: [call], finish: 'tool_calls' };
        return first;
      });
    },
  };
  const again: InjectedFault = {
    id,
    needsHealthy: false,
    apply: (_healthy, { request, format }) => {
      if (first === undefined) return undefined;
      said += 1;
      const toolCalls = first.toolCalls.map((call) => ({ ...call, id: `${call.id}_${said}` }));
      const answer: WireAnswer =
        said > most ? { ...first, text: 'No answer.', toolCalls: [], finish: 'stop' } : { ...first, toolCalls };
      return format.writeAnswer(answer, request, { firstMs: 0, betweenMs: 0 });
    },
  };
  return ({ api }) => (api === 'openai.embeddings' ? undefined : first === undefined ? begin : again);
}
