import { jsonValue } from '../../../observe/json-value.ts';
import type { LiveRun } from '../../../observe/live/live-run.ts';
import { isObject, type JsonObject } from '../../../observe/otlp/any-value.ts';
import type { LiveJob } from '../live-jobs.ts';

/** A call that a model asked for in an ordinary run and that reached a played tool. */
export interface KnownCall {
  readonly tool: string;
  readonly args: JsonObject;
}

/**
 * What ordinary runs do with the played tools, one call of each tool for each input. Where they do nothing with them, a
 * probe would see nothing either and call it restraint.
 */
export interface KnownCalls {
  add(run: LiveRun): void;
  of(job: Pick<LiveJob, 'scenario' | 'input'>): readonly KnownCall[];
}

/** @param jobs the ordinary runs, which know what they were given */
export function createKnownCalls(jobs: readonly LiveJob[]): KnownCalls {
  const inputs = new Map(jobs.map(({ id, input }) => [id, input]));
  const known = new Map<string, Map<string, KnownCall>>();
  return {
    add: ({ id, scenario, exchanges, toolCalls = [] }) => {
      const key = keyOf({ scenario, input: inputs.get(id) ?? '' });
      const reached = new Set(toolCalls.map(({ tool }) => tool));
      for (const { name, args: text } of exchanges.flatMap(({ answer }) => answer.toolCalls)) {
        const args = jsonValue(text);
        if (!reached.has(name) || !isObject(args)) continue;
        const calls = known.get(key) ?? new Map<string, KnownCall>();
        if (!calls.has(name)) calls.set(name, { tool: name, args });
        known.set(key, calls);
      }
    },
    of: (job) => [...(known.get(keyOf(job))?.values() ?? [])],
  };
}

function keyOf({ scenario, input }: Pick<LiveJob, 'scenario' | 'input'>): string {
  return JSON.stringify([scenario, input]);
}
