import type { ToolTemplateName } from './schema/tool-template-names.ts';
import type { ToolInput } from './schema/tools-schema.ts';

/** What a ready policy says of a tool; its effect is for the owner of the tool to say. */
type ToolTemplate = Omit<ToolInput, 'effect' | 'like' | 'keep'>;

/**
 * Ready tool policies, by the archetype of the agent and the part that the tool plays in it. They name arguments as such
 * tools usually do; a rule about an argument that a tool calls otherwise says nothing, which `tool-control/dead-rules` shows.
 */
const TOOL_TEMPLATES: Readonly<Record<ToolTemplateName, ToolTemplate>> = {
  // Reads what strangers sent, decides where it goes, tells somebody.
  'triage-and-route/read-item': { tags: ['untrusted'] },
  'triage-and-route/route': {
    args: { queue: { max_length: 100 }, reason: { max_length: 2_000 } },
    limits: { perRun: 1 },
    idempotency: { key: ['id'] },
  },
  'triage-and-route/reply': {
    tags: ['egress'],
    args: { to: { from: ['user'] }, body: { max_length: 10_000 } },
    limits: { perRun: 1 },
  },
  // Compares a document with rules and gives a decision that somebody answers for.
  'validate-and-approve/read-document': { tags: ['untrusted'] },
  'validate-and-approve/decide': {
    args: { decision: { in: ['approve', 'reject', 'escalate'] } },
    approve: { binds: ['id', 'decision'], within: '15m' },
    limits: { perRun: 1 },
    idempotency: { key: ['id'] },
  },
  // Finds differences between records and makes them right.
  'reconcile-and-resolve/read-record': { tags: ['secret'] },
  'reconcile-and-resolve/query': { tags: ['secret'], args: { sql: { sql: 'read_only' } } },
  'reconcile-and-resolve/adjust': {
    args: { amount: { min: 0, max: 1_000 } },
    approve: { binds: ['account', 'amount'], within: '10m' },
    limits: { perRun: 1, spend: { arg: 'amount', perRun: 1_000, perDay: 10_000 } },
    idempotency: { key: ['account', 'amount', 'reference'], arg: 'idempotency_key' },
  },
  // Watches a system and changes it when something is wrong.
  'monitor-and-intervene/read-signal': {},
  'monitor-and-intervene/restart': {
    approve: { binds: ['target'], within: '5m' },
    limits: { perRun: 1, perHour: 3 },
    idempotency: { key: ['target'] },
  },
  'monitor-and-intervene/apply-change': {
    approve: { binds: ['change_id'], within: '10m' },
    limits: { perRun: 1, perHour: 3 },
    idempotency: { key: ['change_id'] },
  },
  // Gives work to other agents and joins what they bring back.
  'orchestrate/delegate': { args: { task: { max_length: 10_000 } }, limits: { perRun: 10 } },
  'orchestrate/read-answer': { tags: ['untrusted'] },
  'orchestrate/publish': { tags: ['egress'], approve: { binds: ['to'], within: '30m' }, limits: { perRun: 1 } },
};

/** The tool with what its template adds: what the manifest itself says stands, argument by argument. */
export function withTemplate(tool: ToolInput): ToolInput {
  const template = tool.like === undefined ? undefined : TOOL_TEMPLATES[tool.like];
  if (template === undefined) return tool;
  const args = { ...template.args, ...tool.args };
  return { ...template, ...tool, ...(Object.keys(args).length > 0 ? { args } : {}) };
}
