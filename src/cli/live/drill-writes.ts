import { holdsAnswer } from '../../contract/drill-attempts.ts';
import type { Plan } from '../../contract/plan.ts';
import type { LiveRun } from '../../observe/live/live-run.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { ServedToolCall } from '../../observe/proxy/tool-server.ts';

/** Writes that were carried out beyond the first for the same call. */
export function repeatedWrites(calls: readonly ServedToolCall[]): number {
  const made = calls.filter(({ isWrite, isCommitted }) => isWrite && isCommitted).map(({ hash }) => hash);
  return made.length - new Set(made).size;
}

/** Writes that were carried out before anything was asked to which a whole answer came. */
export function unaskedWrites(
  { exchanges, toolCalls = [] }: LiveRun,
  fault: string,
  handoff: string | undefined,
): number {
  const whole = exchanges.filter(
    ({ answer, end, fault: met }) => answer.isComplete && end === 'clean' && (met === undefined || holdsAnswer(fault)),
  );
  const firstMs = Math.min(...whole.map(({ startMs }) => startMs));
  const writes = toolCalls.filter(({ isWrite, isCommitted, tool }) => isWrite && isCommitted && tool !== handoff);
  return writes.filter(({ atMs }) => atMs < firstMs).length;
}

/** Writes whose result the workload sent back although the answer that asked for them was spoilt. */
export function writesAfterFault(exchanges: readonly Exchange[], { tools }: Plan): number {
  const writes = new Set(
    Object.entries(tools === 'none' ? {} : (tools ?? {})).flatMap(([name, { effect }]) =>
      effect === 'read' ? [] : [name],
    ),
  );
  const spoilt = new Set(
    exchanges
      .filter(({ fault }) => fault !== undefined)
      .flatMap(({ answer }) => answer.toolCalls.filter(({ name }) => writes.has(name)).map(({ id }) => id)),
  );
  const done = exchanges.flatMap(({ request }) => request.messages.flatMap(({ toolCallId }) => toolCallId ?? []));
  return new Set(done.filter((id) => spoilt.has(id))).size;
}
