import { createCapture } from '../drive/capture.ts';
import type { ChildVariables } from '../drive/child-environment.ts';
import type { DriveContext } from '../drive/host.ts';
import { launch } from '../drive/launch.ts';
import { endProcessTree } from '../drive/process-tree.ts';
import { pendingAnswers } from './pending-answers.ts';
import { readMessages, replyTo } from './rpc.ts';
import { glimpse, MOST_BYTES, mcpError, type RpcCall, type Transport } from './transport.ts';

/** Kept of what a server logs, for the message when it ends too early. */
const KEEP_LOG_BYTES = 2_000;
/** Between SIGTERM and SIGKILL: a server whose input ended has no more to do. */
const GRACE_MS = 500;
const NEWLINE = 10;

/** How the program of a server is started. */
export interface StdioSpec extends ChildVariables {
  readonly command: readonly string[];
  readonly cwd: string;
}

/** Starts the program and speaks with it in lines. @throws AigateError MCP_NOT_STARTED */
export async function openStdio(spec: StdioSpec, { host, now, signal }: DriveContext): Promise<Transport> {
  signal.throwIfAborted();
  const launched = await launch({ ...spec, stdin: 'open' }, { host, now });
  if (launched.status === 'not-started') throw mcpError('MCP_NOT_STARTED', launched.message);
  const { child, tree } = launched;
  const pending = pendingAnswers();
  const log = createCapture(KEEP_LOG_BYTES);
  const write = (message: object) => void child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const takeLine = (line: string) => {
    const messages = readMessages(line);
    if (messages === undefined) return pending.fail(mcpError('MCP_GARBAGE', `it wrote ${glimpse(line)} to stdout`));
    for (const message of messages) {
      if (message.type === 'request') write(replyTo(message));
      else if (message.type !== 'notification') pending.settle(message);
    }
  };
  const flood = () => pending.fail(mcpError('MCP_TOO_MUCH', `it wrote more than ${MOST_BYTES} bytes to stdout`));
  child.stdout.on('data', takeLines(takeLine, flood));
  child.stderr.on('data', (chunk: Uint8Array) => log.add(chunk));
  // A program that does not read its input, or closes its pipes, is seen by its exit or by its silence.
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe?.on('error', () => {});
  child.once('exit', (exitCode, endedBy) => {
    const { text } = log.read();
    const said = text.trim() === '' ? '' : `; its log begins ${glimpse(text.trim(), 400)}`;
    pending.fail(mcpError('MCP_ENDED', `it ended with ${endedBy ?? `exit code ${exitCode}`}${said}`));
  });
  signal.addEventListener('abort', () => pending.fail(signal.reason), { once: true });
  const send = (call: RpcCall, id?: number) => write({ id, method: call.method, params: call.params });
  return {
    maySilence: true,
    ask: (call) => {
      const { id, answer } = pending.expect();
      send(call, id);
      return answer;
    },
    tell: async (call) => send(call),
    close: async () => {
      child.stdin?.end();
      await endProcessTree(tree, host, GRACE_MS);
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

/** Cuts what arrives into lines, empty ones left out; stops at the bound, so that a flood fills no memory. */
function takeLines(take: (line: string) => void, flood: () => void): (chunk: Buffer) => void {
  let kept: Buffer[] = [];
  let bytes = 0;
  return (chunk) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      kept = [];
      return flood();
    }
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const line = Buffer.concat([...kept, chunk.subarray(from, end)]).toString('utf8');
      kept = [];
      from = end + 1;
      if (line.trim() !== '') take(line);
    }
    if (from < chunk.length) kept.push(chunk.subarray(from));
  };
}
