import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { canonicalJson } from '../../contract/json.ts';
import { jsonValue } from '../../contract/json-value.ts';
import { isObject } from '../otlp/any-value.ts';
import { type Delivery, wholeBody } from '../wire/delivery.ts';
import { mcpAnswer, type ToolAnswer } from './mcp-answer.ts';

/** In the path of the proxy where a provider's name stands otherwise. */
export const TOOLS_PROVIDER = 'aigate-tools';

/** The tools that a proxy plays for the workload. */
export interface ToolHost {
  /** The JSON text that each answers. */
  readonly answers: Readonly<Record<string, string>>;
  readonly isWrite: (tool: string) => boolean;
  /** The argument that makes a repetition harmless, beside those that are known; undefined = none is declared. */
  readonly keyOf?: (tool: string) => string | undefined;
  readonly behaviourOf: (runId: string) => ToolBehaviour;
}

/** How the tools of one run differ from what they always do. Absent members: they do not. */
export interface ToolBehaviour {
  /** The first write is carried out and never answered. */
  readonly stalls?: boolean;
  /** Every call fails, and nothing is carried out. */
  readonly fails?: boolean;
  /** Other answers as JSON text, and those of further tools. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Whether it is a call that must not come. */
  readonly isForbidden?: (tool: string, args: unknown) => boolean;
}

/** One call of a tool, as the server saw it. */
export interface ServedToolCall {
  readonly tool: string;
  readonly isWrite: boolean;
  /** Unix time in ms. */
  readonly atMs: number;
  /** SHA-256 of the tool and its arguments without the key that makes a repetition harmless. */
  readonly hash: string;
  /** Whether it was carried out; a repetition under the same key is answered and not carried out again. */
  readonly isCommitted: boolean;
  /** Whether it met the fault: carried out, and never answered. */
  readonly isStalled: boolean;
  /** Whether it is one that must not come. */
  readonly isForbidden: boolean;
}

/** The tools of one run. */
export interface ToolServer {
  /** What is sent for a request. @param path after the name in the place of the provider */
  answer(path: string, body: Uint8Array, headers: IncomingHttpHeaders): Delivery;
  /** In the order in which they came; at most 1,000, and as many again of those that must not come. */
  calls(): readonly ServedToolCall[];
}

const MOST_CALLS = 1_000;
const FAILURE = '{"error":"the tool is not available"}';
const KEYS = ['idempotency_key', 'idempotencyKey'];
const SILENCE: Delivery = { start: 'stall', headersAfterMs: 0, status: 0, headers: {}, frames: [], end: 'stall' };

/**
 * Plays tools over HTTP: `POST /<tool>` with the arguments as a JSON object, or the Model Context Protocol at `/mcp`. A key
 * that makes a repetition harmless is the header `idempotency-key`, or the argument of that name.
 */
export function createToolServer(
  host: ToolHost,
  { runId, now }: { readonly runId: string; readonly now: () => number },
): ToolServer {
  const calls: ServedToolCall[] = [];
  const done = new Set<string>();
  const behaviour = host.behaviourOf(runId);
  const answers = { ...host.answers, ...behaviour.answers };
  let isStallOpen = behaviour.stalls ?? false;

  const call = (tool: string, args: unknown, headers: IncomingHttpHeaders): ToolAnswer => {
    const isWrite = host.isWrite(tool);
    const names = keyNames(host.keyOf?.(tool));
    const hash = callHash({ tool, args }, host.keyOf?.(tool));
    const key = keyOf(args, headers, names);
    const isForbidden = behaviour.isForbidden?.(tool, args) ?? false;
    const isCommitted = behaviour.fails !== true && (key === undefined || !done.has(`${tool} ${key}`));
    if (isCommitted && key !== undefined) done.add(`${tool} ${key}`);
    const isStalled = isStallOpen && isWrite;
    if (isStalled) isStallOpen = false;
    const seen = { tool, isWrite, atMs: now(), hash, isCommitted, isStalled, isForbidden };
    if (calls.length < (isForbidden ? 2 : 1) * MOST_CALLS) calls.push(seen);
    if (isStalled) return 'silence';
    if (behaviour.fails === true) return { isError: true, text: FAILURE };
    return { isError: false, text: answers[tool] ?? 'null' };
  };

  return {
    calls: () => calls,
    answer: (path, body, headers) => {
      const name = decodedName(path);
      const sent = jsonValue(new TextDecoder().decode(body));
      if (name === 'mcp') {
        const answered = mcpAnswer(sent, { tools: Object.keys(answers), call: (...of) => call(...of, headers) });
        return answered === 'silence' ? SILENCE : answered;
      }
      if (!Object.hasOwn(answers, name)) return refusal(404, `no tool ${JSON.stringify(name)} is served`);
      if (!isObject(sent)) return refusal(400, 'expected the arguments as a JSON object');
      const answer = call(name, sent, headers);
      return answer === 'silence' ? SILENCE : json(answer.isError ? 503 : 200, answer.text);
    },
  };
}

function decodedName(path: string): string {
  const name = path.replace(/[?#].*$/s, '').replace(/^\/+|\/+$/g, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function keyOf(args: unknown, headers: IncomingHttpHeaders, names: readonly string[]): string | undefined {
  const header = headers['idempotency-key'];
  if (typeof header === 'string' && header !== '') return header;
  const [given] = names.flatMap((name) => (isObject(args) ? (args[name] ?? []) : []));
  return typeof given === 'string' && given !== '' ? given : undefined;
}

function keyNames(declared: string | undefined): readonly string[] {
  return declared === undefined ? KEYS : [...KEYS, declared];
}

/** `ServedToolCall.hash` of a call. @param key the declared argument that makes a repetition harmless */
export function callHash(
  { tool, args }: { readonly tool: string; readonly args: unknown },
  key: string | undefined,
): string {
  const names = keyNames(key);
  const meant = isObject(args)
    ? Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)))
    : args;
  return createHash('sha256')
    .update(canonicalJson([tool, meant ?? null]))
    .digest('hex');
}

function refusal(status: number, message: string): Delivery {
  return json(status, JSON.stringify({ error: message }));
}

function json(status: number, text: string): Delivery {
  return wholeBody(status, { 'content-type': 'application/json' }, text);
}
