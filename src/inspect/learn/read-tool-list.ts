import { z } from 'zod';
import { AigateError } from '../../contract/errors.ts';
import type { Json } from '../../contract/json.ts';
import { type LearnedTool, unknownTool } from '../../contract/learned-tool.ts';

/** What a file of another program says about tools. */
export interface ToolList {
  readonly tools: readonly LearnedTool[];
  /** What it says and a manifest has no tool for, in sentences. */
  readonly remarks: readonly string[];
}

const rules = z.array(z.string()).optional();
const settings = z.looseObject({ permissions: z.looseObject({ allow: rules, ask: rules, deny: rules }) });

const described = z.looseObject({
  name: z.string().min(1),
  description: z.string().optional(),
  parameters: z.json().optional(),
  input_schema: z.json().optional(),
  inputSchema: z.json().optional(),
});
const tool = z.union([described, z.looseObject({ function: described }).transform((entry) => entry.function)]);
const list = z.union([z.array(tool), z.looseObject({ tools: z.array(tool) }).transform(({ tools }) => tools)]);

/**
 * Reads the permissions of Claude Code settings, or a list of tools as OpenAI, Anthropic and MCP write them.
 * @throws AigateError LEARN_SOURCE
 */
export function readToolList(text: string, path: string): ToolList {
  const value = jsonOf(text, path);
  const asSettings = settings.safeParse(value);
  if (asSettings.success) return fromPermissions(asSettings.data.permissions);
  const asList = list.safeParse(value);
  if (asList.success) return { tools: asList.data.map(toLearned), remarks: [] };
  throw new AigateError('LEARN_SOURCE', `${path} holds neither permissions nor a list of tools`, {
    hint: 'Give settings of Claude Code, or a JSON list of tools with names, as a request to a model has it.',
  });
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AigateError('LEARN_SOURCE', `${path} is no JSON: ${reason}`, { cause });
  }
}

function toLearned({
  name,
  description,
  parameters,
  input_schema,
  inputSchema,
}: z.infer<typeof described>): LearnedTool {
  const schema: Json | undefined = inputSchema ?? input_schema ?? parameters;
  const members = {
    ...(description === undefined ? {} : { description }),
    ...(schema === undefined ? {} : { inputSchema: schema }),
  };
  return { ...unknownTool(name), definition: { name, ...members } };
}

const WORDS = { allow: 'allowed', ask: 'asked for', deny: 'denied' } as const;

/** Deny comes first, then ask, then allow, as Claude Code reads them; a denied tool is none of the workload. */
function fromPermissions(permissions: z.infer<typeof settings>['permissions']): ToolList {
  const notes = new Map<string, string[]>();
  const remarks: string[] = [];
  for (const verdict of ['deny', 'ask', 'allow'] as const) {
    for (const rule of permissions[verdict] ?? []) {
      const name = /^([^()*\s]+?)(?:\(.*\))?$/s.exec(rule)?.[1];
      const isServer = name === undefined || /^mcp__[^_]+(?:_[^_]+)*$/.test(name);
      const isWhole = name === rule;
      if (name === undefined || isServer) remarks.push(`${WORDS[verdict]}: ${rule} names no single tool`);
      else if (verdict === 'deny' && isWhole) remarks.push(`denied: ${rule}`);
      else notes.set(name, [...(notes.get(name) ?? []), `${WORDS[verdict]} by Claude Code: ${rule}`]);
    }
  }
  const denied = new Set(permissions.deny);
  const tools = [...notes].filter(([name]) => !denied.has(name));
  return { tools: tools.map(([name, said]) => ({ ...unknownTool(name), notes: said })), remarks };
}
