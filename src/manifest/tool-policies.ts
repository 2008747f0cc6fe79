import type { Manifest } from '../contract/manifest.ts';
import type { CallSelector, Flow, Origin, Scalar, ToolPolicy, ToolRule } from '../contract/tool-policy.ts';
import type { FlowsInput } from './schema/flows-schema.ts';
import type { ManifestInput } from './schema/manifest-schema.ts';
import type { ArgumentInput } from './schema/tool-arguments-schema.ts';
import { approvalOf, type ToolInput } from './schema/tools-schema.ts';
import { toMs } from './schema/values.ts';
import { withTemplate } from './tool-templates.ts';

type Lists = NonNullable<ManifestInput['lists']>;
type Tools = Exclude<ManifestInput['tools'], undefined | 'none'>;

/** The tools of a manifest with their rules, the names of lists replaced by what stands in them. */
export function toTools({ tools, lists = {} }: Pick<ManifestInput, 'tools' | 'lists'>): Manifest['tools'] {
  if (tools === undefined || tools === 'none') return tools;
  const whole = Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, withTemplate(tool)]));
  return Object.fromEntries(Object.entries(whole).map(([name, tool]) => [name, toPolicy(tool, whole, lists)]));
}

function toPolicy(tool: ToolInput, tools: Tools, lists: Lists): ToolPolicy {
  const { effect, approve, scopes, tags, limits, idempotency, idempotent, credentials, keep, reviewed } = tool;
  const rules = rulesOf(tool, tools, lists);
  const demand = demandOf(approve);
  return {
    effect,
    approve: approvalOf(tool),
    approval: demand && { by: demand.by, binds: demand.binds, withinMs: toMs(demand.within) },
    rules: rules.length > 0 ? rules : undefined,
    scopes,
    tags,
    limits,
    idempotency,
    idempotent,
    undo: undoOf(tool),
    credentials: credentials && { source: credentials.source, maxTtlMs: toMs(credentials.maxTtl) },
    keep,
    reviewed,
  };
}

type Demand = Exclude<ToolInput['approve'], string | undefined>;

function demandOf(approve: ToolInput['approve']): Demand | undefined {
  if (typeof approve === 'object') return approve;
  return approve === 'user' ? { by: 'user' } : undefined;
}

function undoOf({ undo }: ToolInput): ToolPolicy['undo'] {
  if (undo === undefined || undo === 'none') return undo;
  if (typeof undo === 'string') return { tool: undo };
  return { tool: undo.tool, withinMs: toMs(undo.within), command: undo.command, verify: undo.verify };
}

function rulesOf(tool: ToolInput, tools: Tools, lists: Lists): ToolRule[] {
  const { args = {}, schema, when, approve } = tool;
  const ofArguments = Object.entries(args).flatMap(([arg, input]) => argumentRules(arg, input, { tools, lists }));
  const rules: ToolRule[] = [...ofArguments];
  const sendsOut = tool.effect !== 'read' || tool.tags?.includes('egress') === true;
  const hasStrangers = Object.values(tools).some(({ tags }) => tags?.includes('untrusted') === true);
  const except = ofArguments.flatMap(({ kind, arg }) => (kind === 'provenance' ? [arg] : []));
  if (sendsOut && hasStrangers) rules.push({ kind: 'destinations', except });
  if (schema !== undefined) rules.push({ kind: 'schema', schema });
  if (when !== undefined) rules.push({ kind: 'when', expression: when });
  const demand = demandOf(approve);
  if (demand?.when !== undefined) rules.push({ kind: 'approve-when', expression: demand.when });
  if (demand?.by === 'user') rules.push({ kind: 'confirmed' });
  return rules;
}

interface Declared {
  readonly tools: Tools;
  readonly lists: Lists;
}

type ArgumentRule = Extract<ToolRule, { readonly arg: string }>;

function argumentRules(arg: string, input: ArgumentInput, { tools, lists }: Declared): ArgumentRule[] {
  const rules: ArgumentRule[] = [];
  const texts = (values: readonly string[] | string) => (typeof values === 'string' ? (lists[values] ?? []) : values);
  const scalars = (values: readonly Scalar[] | string) => (typeof values === 'string' ? (lists[values] ?? []) : values);
  for (const op of ['in', 'not_in'] as const) {
    const values = input[op];
    if (values !== undefined) rules.push({ kind: 'argument', arg, op, values: scalars(values) });
  }
  for (const op of ['min', 'max', 'max_length'] as const) {
    const value = input[op];
    if (value !== undefined) rules.push({ kind: 'argument', arg, op, value });
  }
  if (input.matches !== undefined) rules.push({ kind: 'argument', arg, op: 'matches', value: input.matches });
  for (const op of ['email_domain', 'url_host', 'path_under'] as const) {
    const values = input[op];
    if (values !== undefined) rules.push({ kind: 'argument', arg, op, values: texts(values) });
  }
  if (input.sql !== undefined) rules.push({ kind: 'argument', arg, op: 'sql', value: input.sql });
  if (input.same_as !== undefined) rules.push(sameAs(arg, input.same_as, tools));
  if (input.from !== undefined) {
    const from = input.from.map((origin) => toOrigin(origin, lists));
    rules.push({ kind: 'provenance', arg, from, beside: input.with ?? [] });
  }
  return rules;
}

/** What stands before the first dot is a tool where one has that name, else the path goes on in the call itself. */
function sameAs(arg: string, value: string, tools: Tools): ArgumentRule {
  const dot = value.indexOf('.');
  const tool = value.slice(0, Math.max(dot, 0));
  return Object.hasOwn(tools, tool)
    ? { kind: 'same-as-call', arg, tool, other: value.slice(dot + 1) }
    : { kind: 'argument', arg, op: 'same_as', value };
}

const TOOL_ORIGIN = 'tool:';

function toOrigin(origin: string, lists: Lists): Origin {
  if (origin === 'user') return { type: 'user' };
  return origin.startsWith(TOOL_ORIGIN)
    ? { type: 'tool', tool: origin.slice(TOOL_ORIGIN.length) }
    : { type: 'list', name: origin, values: lists[origin] ?? [] };
}

/** The flows of a manifest; undefined = none is declared. */
export function toFlows(flows: FlowsInput | undefined): Manifest['flows'] {
  return flows?.map((flow): Flow => {
    if ('forbid' in flow) {
      const { id, after, forbid, unless } = flow;
      return {
        type: 'forbid',
        id,
        after: toSelector(after),
        forbid: toSelector(forbid),
        unlessApproved: unless !== undefined,
      };
    }
    if ('require' in flow) {
      const { id, require, before, same = [] } = flow;
      return { type: 'require', id, require: toSelector(require), before: toSelector(before), same };
    }
    const of = flow.of === undefined ? undefined : toSelector(flow.of);
    return { type: 'at-most', id: flow.id, calls: flow.at_most, of, identical: flow.identical ?? false };
  });
}

type SelectorInput = Extract<FlowsInput[number], { forbid: unknown }>['after'];

function toSelector(selector: SelectorInput): CallSelector {
  if (typeof selector === 'string') return { type: 'tool', tool: selector };
  return 'tag' in selector ? { type: 'tag', tag: selector.tag } : { type: 'tool', tool: selector.tool };
}
