import type { RpcId, RpcMessage } from './rpc.ts';
import type { RpcAnswer } from './transport.ts';
import { mcpError } from './transport.ts';

/** Requests on one connection that wait for their answers. */
export interface PendingAnswers {
  /** Takes the next id and waits under it. */
  expect(): { readonly id: number; readonly answer: Promise<RpcAnswer> };
  /** Hands a result or an error to its request. One that comes twice, or after its request was given up, is dropped. */
  settle(message: Extract<RpcMessage, { readonly type: 'result' | 'error' }>): void;
  /** Whatever waits, and whatever comes after it, fails with this. The first reason counts. */
  fail(reason: unknown): void;
}

export function pendingAnswers(): PendingAnswers {
  const waiting = new Map<RpcId, (answer: Promise<RpcAnswer>) => void>();
  let failed: Promise<RpcAnswer> | undefined;
  let sent = 0;
  const fail = (reason: unknown) => {
    failed ??= Promise.reject(reason);
    // Not every reason finds somebody who waits.
    failed.catch(() => {});
    for (const resolve of waiting.values()) resolve(failed);
    waiting.clear();
  };
  return {
    expect: () => {
      sent += 1;
      const id = sent;
      const answer = failed ?? new Promise<RpcAnswer>((resolve) => waiting.set(id, resolve));
      answer.catch(() => {});
      return { id, answer };
    },
    settle: (message) => {
      const { id } = message;
      if (message.type === 'error' && id === null)
        return fail(mcpError('MCP_GARBAGE', `it says it could not read a request: ${message.message}`));
      if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > sent) {
        return fail(mcpError('MCP_WRONG_ID', `it answered request ${JSON.stringify(id)}; ${sent} were sent, from 1`));
      }
      const resolve = waiting.get(id);
      waiting.delete(id);
      resolve?.(Promise.resolve(message));
    },
    fail,
  };
}
