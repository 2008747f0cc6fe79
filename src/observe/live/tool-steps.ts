import type { Exchange } from '../proxy/exchange.ts';
import type { LiveSpan } from './otlp-lines.ts';

/**
 * Tools that ran, as far as the model calls show it: a call that an answer asked for and whose result the next request
 * carries. It ran somewhere between the two; how long is not known better than that.
 */
export function toolSteps(exchanges: readonly Exchange[]): LiveSpan[] {
  const asked = new Map<string, { readonly name: string; readonly args: string; readonly endMs: number }>();
  const steps: LiveSpan[] = [];
  for (const { request, answer, startMs, durationMs } of exchanges) {
    for (const { role, toolCallId = '' } of request.messages) {
      const call = role === 'tool' ? asked.get(toolCallId) : undefined;
      if (call === undefined) continue;
      asked.delete(toolCallId);
      steps.push({
        name: `execute_tool ${call.name}`,
        startMs: call.endMs,
        durationMs: Math.max(0, startMs - call.endMs),
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': call.name,
          'gen_ai.tool.call.id': toolCallId,
          'gen_ai.tool.call.arguments': call.args,
        },
        error: undefined,
      });
    }
    for (const { id, name, args } of answer.toolCalls) asked.set(id, { name, args, endMs: startMs + durationMs });
  }
  return steps;
}
