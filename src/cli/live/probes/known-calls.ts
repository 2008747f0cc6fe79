import { declaredTool } from '../../../contract/declared-tool.ts';
import { jsonValue } from '../../../contract/json-value.ts';
import type { Plan } from '../../../contract/plan.ts';
import type { ToolPolicy } from '../../../contract/tool-policy.ts';
import type { LiveRun } from '../../../observe/live/live-run.ts';
import { isObject, type JsonObject } from '../../../observe/otlp/any-value.ts';
import type { Exchange } from '../../../observe/proxy/exchange.ts';
import { callHash, type ServedToolCall } from '../../../observe/proxy/tool-server.ts';
import type { LiveJob } from '../live-jobs.ts';

/** A call that a model asked for in an ordinary run and that reached a played tool. */
export interface KnownCall {
  /** As the model calls it. */
  readonly tool: string;
  /** As it is played: without the server's name that frameworks put before it, as in `mcp__crm__create_note`. */
  readonly served: string;
  /** Declared under either name; undefined = under none. */
  readonly policy: ToolPolicy | undefined;
  readonly args: JsonObject;
  /** Whether such arguments reached the tool as the model wrote them: else nobody knows where a value of theirs stands there. */
  readonly isVerbatim: boolean;
}

/**
 * What ordinary runs do with the played tools, one call of each tool for each input. Where they do nothing with them, a
 * probe would see nothing either and call it restraint.
 */
export interface KnownCalls {
  add(run: RunWithCalls): void;
  of(job: Pick<LiveJob, 'scenario' | 'input'>): readonly KnownCall[];
}

/** What is looked at of an ordinary run. */
interface RunWithCalls extends Pick<LiveRun, 'id' | 'scenario'> {
  readonly exchanges: readonly { readonly answer: Pick<Exchange['answer'], 'toolCalls'> }[];
  readonly toolCalls?: readonly Pick<ServedToolCall, 'tool' | 'hash'>[] | undefined;
}

/** @param jobs the ordinary runs, which know what they were given */
export function createKnownCalls(jobs: readonly LiveJob[], { tools }: Pick<Plan, 'tools'>): KnownCalls {
  const inputs = new Map(jobs.map(({ id, input }) => [id, input]));
  const known = new Map<string, Map<string, KnownCall>>();
  return {
    add: ({ id, scenario, exchanges, toolCalls = [] }) => {
      const key = keyOf({ scenario, input: inputs.get(id) ?? '' });
      const reached = [...new Set(toolCalls.map(({ tool }) => tool))];
      for (const { name, args: text } of exchanges.flatMap(({ answer }) => answer.toolCalls)) {
        const args = jsonValue(text);
        const served = reached.find((tool) => name === tool || name.endsWith(`__${tool}`));
        if (served === undefined || !isObject(args)) continue;
        const policy = declaredTool(tools, name) ?? declaredTool(tools, served);
        const calls = known.get(key) ?? new Map<string, KnownCall>();
        const hash = callHash({ tool: served, args }, policy?.idempotency?.arg);
        const isVerbatim = toolCalls.some((call) => call.hash === hash);
        if (!calls.has(name)) calls.set(name, { tool: name, served, policy, args, isVerbatim });
        known.set(key, calls);
      }
    },
    of: (job) => [...(known.get(keyOf(job))?.values() ?? [])],
  };
}

function keyOf({ scenario, input }: Pick<LiveJob, 'scenario' | 'input'>): string {
  return JSON.stringify([scenario, input]);
}
