import type { Entry } from '../module-facts.ts';
import type { KnownCall, ModuleView } from '../module-view.ts';
import type { Sighting } from '../rules.ts';
import { spanSet } from '../span-set.ts';

/** Names of tools as providers take them. */
const NAME = /^[A-Za-z_][\w.-]{0,63}$/;

/** Tools that code offers to models, by the name that a model calls them by. */
export function offeredToolSightings(view: ModuleView): Sighting[] {
  return [...definedTools(view), ...madeTools(view), ...decoratedTools(view)];
}

/** OpenAI, Anthropic, and frameworks that take one object for all. */
const SCHEMA_KEYS = new Set(['parameters', 'input_schema', 'inputSchema']);

/** `{ name: '…', parameters: { … } }`: a name beside the schema of the arguments. */
function definedTools({ facts: { source, entries } }: ModuleView): Sighting[] {
  const inOrder = entries.toSorted((a, b) => a.from - b.from);
  const names = spanSet(inOrder.filter(isName));
  let latest: Entry | undefined;
  return inOrder.flatMap((entry): Sighting[] => {
    if (isName(entry)) latest = entry;
    if (!SCHEMA_KEYS.has(entry.key) || entry.value.kind === 'list') return [];
    if (latest !== undefined && isBeside(source, latest.to, entry.from)) return [sighting(latest)];
    const next = names.firstIn({ from: entry.to, to: source.length });
    return next !== undefined && isBeside(source, entry.to, next.from) ? [sighting(next)] : [];
  });
}

function isName({ key, value }: Entry): boolean {
  return key === 'name' && value.kind === 'text' && NAME.test(value.text);
}

/** Longer descriptions are not written into code. */
const FARTHEST = 8_000;

/** Whether two members that end and begin here belong to the same object: every bracket between them is closed again. */
function isBeside(source: string, from: number, to: number): boolean {
  if (to - from > FARTHEST) return false;
  let depth = 0;
  for (const [token] of source.slice(from, to).matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}[\]()]/g)) {
    if (token.length > 1) continue;
    depth += '{[('.includes(token) ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

const MAKERS = /(?:^|\.)(?:tool|dynamicTool|DynamicStructuredTool|DynamicTool|StructuredTool|FunctionTool)$/;

/** `get_order: tool({ … })` (AI SDK) and `tool(run, { name: '…' })` (LangChain), by the name given or the key it stands under. */
function madeTools({ facts, calls }: ModuleView): Sighting[] {
  const keys = new Map(facts.entries.map((entry) => [entry.value.from, entry]));
  return calls.filter(isMaker).flatMap(({ call }): Sighting[] => {
    const named = call.named.find(isName);
    if (named !== undefined) return [sighting(named)];
    const under = keys.get(call.from);
    return under !== undefined && NAME.test(under.key)
      ? [{ rule: 'offered-tool', at: under.from, found: under.key }]
      : [];
  });
}

function isMaker({ origin }: KnownCall): boolean {
  return origin.known !== undefined && MAKERS.test(origin.path);
}

const DECORATORS = /(?:^|\.)(?:tool|function_tool|tool_plain)(?:\(\))?$/;

/** `@tool` over a function. What a server of tools offers, it offers to others. */
function decoratedTools({ facts, names, isAi }: ModuleView): Sighting[] {
  if (!isAi) return [];
  return facts.wrappers.flatMap(({ path, from, to }): Sighting[] => {
    const { module = '', path: origin } = names.resolve(path, from);
    if (!DECORATORS.test(origin) || /mcp/i.test(`${module} ${path} ${origin}`)) return [];
    const defined = /\bdef\s+([A-Za-z_]\w{0,63})/.exec(facts.source.slice(from, to));
    return defined?.[1] === undefined ? [] : [{ rule: 'offered-tool', at: from + defined.index, found: defined[1] }];
  });
}

function sighting({ value }: Entry): Sighting {
  return { rule: 'offered-tool', at: value.from, found: value.text };
}
