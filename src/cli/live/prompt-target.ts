import { AigateError } from '../../contract/errors.ts';
import type { Json } from '../../contract/json.ts';
import { jsonValue } from '../../contract/json-value.ts';
import type { LivePlan, LiveTarget } from '../../contract/live.ts';
import type { ModelRoute } from '../../contract/plan.ts';
import { askModel, packagesOf } from '../../observe/drive/prompt-source.ts';
import type { PromptRequest, PromptResult, PromptTool } from '../../observe/drive/prompt-types.ts';
import type { LiveEnding } from '../../observe/live/live-run.ts';
import { isObject } from '../../observe/otlp/any-value.ts';
import { DUMMY_KEY } from '../../observe/proxy/proxy-environment.ts';
import { readText } from '../read-text.ts';
import type { Target, TargetContext } from './ask-target.ts';
import { messagesOf } from './prompt-messages.ts';

type PromptSpec = Extract<LiveTarget, { type: 'prompt' }>;

interface PromptContext extends TargetContext {
  readonly model: ModelRoute;
}

/**
 * The primary model, asked by itself. `problem`: why it cannot be asked at all.
 * @throws AigateError FILE_UNREADABLE; CONFIG_INVALID for a file of tools that is none
 */
export async function openPrompt(
  spec: PromptSpec,
  { timeoutMs }: Pick<LivePlan, 'timeoutMs'>,
  context: PromptContext,
): Promise<Target | { readonly problem: string }> {
  const { sdk, isStream, maxTokens } = spec;
  const load = packagesOf(context.cwd);
  if ((await load(sdk)) === undefined) return { problem: `${sdk} is not installed: npm install ${sdk}` };
  const { provider, model } = context.model;
  const fixed = {
    sdk,
    apiKey: DUMMY_KEY,
    model,
    isStream,
    maxTokens,
    timeoutMs,
    tools: await readTools(spec, context.cwd),
  };
  const system = spec.system === undefined ? undefined : (await readText(context.cwd, spec.system)).text;
  return {
    ask: async ({ input, baseUrl }) => {
      const request: PromptRequest = {
        ...fixed,
        baseUrl: `${baseUrl}/${encodeURIComponent(provider)}`,
        messages: messagesOf(input, system),
      };
      const result = await askModel(request, { load, ...context });
      return { ...endingOf(result), startMs: result.startMs, durationMs: result.durationMs };
    },
    end: async () => undefined,
  };
}

function endingOf({ text, error }: PromptResult): LiveEnding {
  const answer = text.trim() === '' ? undefined : text.trim();
  if (error === undefined) return { ending: 'answered', exit: undefined, answer, problem: undefined };
  const exit = error.httpStatus === undefined ? error.code : String(error.httpStatus);
  const ending = error.kind === 'timed-out' ? 'timed-out' : error.kind === 'missing-package' ? 'not-started' : 'failed';
  return { ending, exit, answer, problem: error.message };
}

async function readTools({ tools: path }: PromptSpec, cwd: string): Promise<readonly PromptTool[]> {
  if (path === undefined) return [];
  const value = jsonValue((await readText(cwd, path)).text);
  const tools = Array.isArray(value) ? value.map(toTool) : [undefined];
  const known = tools.filter((tool) => tool !== undefined);
  if (known.length === tools.length) return known;
  throw new AigateError('CONFIG_INVALID', `${path}: expected a JSON list of tools`, {
    hint: 'Give each tool a name, a description and parameters, which are a JSON Schema of type object.',
  });
}

function toTool(value: unknown): PromptTool | undefined {
  if (!isObject(value)) return undefined;
  const { name, description = '', parameters = {} } = value;
  if (typeof name !== 'string' || name === '' || typeof description !== 'string' || !isJsonObject(parameters)) {
    return undefined;
  }
  return { name, description, parameters };
}

/** What was parsed from JSON text holds nothing else. */
function isJsonObject(value: unknown): value is { readonly [key: string]: Json } {
  return isObject(value);
}
