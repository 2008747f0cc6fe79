/** `ARCHETYPE/PART`: ready tool policies that a tool may be declared to be like. */
export const TOOL_TEMPLATE_NAMES = [
  'triage-and-route/read-item',
  'triage-and-route/route',
  'triage-and-route/reply',
  'validate-and-approve/read-document',
  'validate-and-approve/decide',
  'reconcile-and-resolve/read-record',
  'reconcile-and-resolve/query',
  'reconcile-and-resolve/adjust',
  'monitor-and-intervene/read-signal',
  'monitor-and-intervene/restart',
  'monitor-and-intervene/apply-change',
  'orchestrate/delegate',
  'orchestrate/read-answer',
  'orchestrate/publish',
] as const;
export type ToolTemplateName = (typeof TOOL_TEMPLATE_NAMES)[number];
