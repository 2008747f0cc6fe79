import type { Subject } from '../contract/check.ts';
import type { Plan } from '../contract/plan.ts';
import type { Flow, ToolPolicy, ToolRule } from '../contract/tool-policy.ts';

type Declared = Pick<Plan, 'tools' | 'flows'>;
type Of<S extends Subject> = Extract<Subject, S>;
/** Subjects that the declared tools decide. */
export type ToolSubject = Of<
  | 'write-tools'
  | 'irreversible-tools'
  | 'scopes'
  | 'call-limits'
  | 'tools'
  | 'argument-rules'
  | 'argument-schemas'
  | 'value-origins'
  | 'approval-bindings'
  | 'flows'
  | 'plan-flows'
>;

/** Why the declared tools leave nothing to judge; undefined = they do not, or nothing is declared at all. */
export function whyNoTools(subject: ToolSubject, plan: Declared): string | undefined {
  const { tools, flows = [] } = plan;
  if (subject === 'flows') return hasFlow(flows, ['forbid', 'at-most']) ? undefined : 'the manifest forbids no flow';
  if (subject === 'plan-flows') {
    return hasFlow(flows, ['require']) ? undefined : 'the manifest requires no call before another';
  }
  if (tools === undefined) return OF_EFFECTS.includes(subject) ? undefined : NOTHING[subject];
  if (tools === 'none') return 'the manifest declares tools: none';
  return Object.values(tools).some(HAS[subject]) ? undefined : NOTHING[subject];
}

type RuleSubject = Exclude<ToolSubject, 'flows' | 'plan-flows'>;

/** Subjects that stay open while nothing says which tools there are. */
const OF_EFFECTS: readonly ToolSubject[] = ['tools', 'write-tools', 'irreversible-tools'];

const HAS: Readonly<Record<RuleSubject, (tool: ToolPolicy) => boolean>> = {
  tools: () => true,
  'write-tools': ({ effect }) => effect !== 'read',
  'irreversible-tools': ({ effect }) => effect === 'irreversible',
  scopes: ({ scopes = [] }) => scopes.length > 0,
  'call-limits': ({ limits }) => limits !== undefined && Object.keys(limits).length > 0,
  'argument-rules': (tool) => hasRule(tool, ['argument', 'same-as-call', 'when']),
  'argument-schemas': (tool) => hasRule(tool, ['schema']),
  'value-origins': (tool) => hasRule(tool, ['provenance', 'destinations']),
  'approval-bindings': ({ approval }) => approval?.binds !== undefined,
};

const NOTHING: Readonly<Record<RuleSubject, string>> = {
  tools: 'the manifest declares no tool',
  'write-tools': 'every declared tool has effect: read',
  'irreversible-tools': 'no declared tool has effect: irreversible',
  scopes: 'the manifest declares no scopes of tools',
  'call-limits': 'the manifest declares no limits on calls of tools',
  'argument-rules': 'the manifest declares no limits on arguments',
  'argument-schemas': 'the manifest declares no schema of arguments',
  'value-origins': 'the manifest declares neither where values come from nor untrusted tools',
  'approval-bindings': 'the manifest binds no approval to arguments',
};

function hasRule({ rules = [] }: ToolPolicy, kinds: readonly ToolRule['kind'][]): boolean {
  return rules.some(({ kind }) => kinds.includes(kind));
}

function hasFlow(flows: readonly Flow[], types: readonly Flow['type'][]): boolean {
  return flows.some(({ type }) => types.includes(type));
}
