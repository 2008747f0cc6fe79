import { approvalText } from './approval-text.ts';
import { canonicalJson } from './json.ts';
import type { Plan } from './plan.ts';
import { TOOL_EFFECTS, type ToolPolicy, type ToolRule } from './tool-policy.ts';

/** What an agent may do more, or less, than before. `changed`: nobody can tell without reading it. */
export interface AuthorityChange {
  readonly direction: 'gained' | 'changed' | 'lost';
  /** A tool, or `flow ID`. */
  readonly subject: string;
  readonly what: string;
}

type Declared = Pick<Plan, 'tools' | 'flows'>;

const NEVER_MORE: ToolPolicy = { effect: 'read', approve: 'never' };
const BY_WEIGHT: readonly AuthorityChange['direction'][] = ['gained', 'changed', 'lost'];

/** How the authority that two manifests declare differs; newly gained authority first. */
export function authorityChanges(before: Declared, after: Declared): AuthorityChange[] {
  const [old, now] = [toolsOf(before), toolsOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  const changes = [...names.flatMap((name) => ofTool(name, old[name], now[name])), ...ofFlows(before, after)];
  return BY_WEIGHT.flatMap((direction) => changes.filter((change) => change.direction === direction));
}

function toolsOf({ tools }: Declared): Readonly<Record<string, ToolPolicy>> {
  return typeof tools === 'object' ? tools : {};
}

function ofTool(subject: string, before: ToolPolicy | undefined, after: ToolPolicy | undefined): AuthorityChange[] {
  if (before === undefined && after !== undefined)
    return [{ direction: 'gained', subject, what: `may be called (${after.effect})` }];
  if (after === undefined) return [{ direction: 'lost', subject, what: 'may not be called any more' }];
  const old = before ?? NEVER_MORE;
  return [
    ...compared(
      subject,
      'effect',
      [old.effect, after.effect],
      TOOL_EFFECTS.indexOf(after.effect) - TOOL_EFFECTS.indexOf(old.effect),
    ),
    ...ofApproval(subject, old, after),
    ...ofRules(subject, old.rules ?? [], after.rules ?? []),
    ...ofLists(subject, 'scope', old.scopes ?? [], after.scopes ?? []),
    ...ofRepetition(subject, old, after),
    ...(same(old.limits, after.limits) ? [] : [changeOf('changed', subject, 'limits on its calls')]),
    ...(same(old.tags, after.tags) ? [] : [changeOf('changed', subject, 'tags')]),
    ...(same(old.credentials, after.credentials) ? [] : [changeOf('changed', subject, 'credentials')]),
  ];
}

/** A tool that may be called again with the same arguments is held to less. */
function ofRepetition(subject: string, before: ToolPolicy, after: ToolPolicy): AuthorityChange[] {
  const [old, now] = [before.idempotent === true, after.idempotent === true];
  if (old === now) return [];
  return [changeOf(now ? 'gained' : 'lost', subject, now ? 'may be called again' : 'may not be called again any more')];
}

const APPROVALS: readonly ToolPolicy['approve'][] = ['always', 'when', 'never'];

function ofApproval(subject: string, before: ToolPolicy, after: ToolPolicy): AuthorityChange[] {
  const texts = [approvalText(before), approvalText(after)] as const;
  const change = APPROVALS.indexOf(after.approve) - APPROVALS.indexOf(before.approve);
  if (change !== 0) return compared(subject, 'approval', texts, change);
  return same(texts[0], texts[1]) ? [] : [changeOf('changed', subject, `approval: ${texts.join(' → ')}`)];
}

/** A rule that is gone lets more through, one that is new less; one about the same with another value is compared. */
function ofRules(subject: string, before: readonly ToolRule[], after: readonly ToolRule[]): AuthorityChange[] {
  const gone = before.filter((rule) => !after.some((other) => same(rule, other)));
  const added = after.filter((rule) => !before.some((other) => same(rule, other)));
  const paired = gone.flatMap((rule) => {
    const other = added.find((candidate) => keyOf(candidate) === keyOf(rule));
    return other === undefined ? [] : [[rule, other] as const];
  });
  const isPaired = (rule: ToolRule) => paired.some((pair) => pair.includes(rule));
  return [
    ...gone
      .filter((rule) => !isPaired(rule))
      .map((rule) => changeOf('gained', subject, `no rule on ${keyOf(rule)} any more`)),
    ...paired.map(([old, now]) =>
      changeOf(direction(old, now), subject, `${keyOf(old)}: ${shownValue(old)} → ${shownValue(now)}`),
    ),
    ...added.filter((rule) => !isPaired(rule)).map((rule) => changeOf('lost', subject, `new rule on ${keyOf(rule)}`)),
  ];
}

function keyOf(rule: ToolRule): string {
  if (rule.kind === 'argument') return `${rule.arg} ${rule.op}`;
  return 'arg' in rule ? `${rule.arg} ${rule.kind}` : rule.kind;
}

function direction(before: ToolRule, after: ToolRule): AuthorityChange['direction'] {
  if (before.kind !== 'argument' || after.kind !== 'argument') return 'changed';
  if ('value' in before && 'value' in after) {
    if (typeof before.value !== 'number' || typeof after.value !== 'number') return 'changed';
    return (before.op === 'min') === after.value > before.value ? 'lost' : 'gained';
  }
  if (!('values' in before) || !('values' in after)) return 'changed';
  const [old, now] = [new Set<unknown>(before.values), new Set<unknown>(after.values)];
  const [hasMore, hasLess] = [[...now].some((value) => !old.has(value)), [...old].some((value) => !now.has(value))];
  if (hasMore && hasLess) return 'changed';
  return hasMore === (before.op !== 'not_in') ? 'gained' : 'lost';
}

function shownValue(rule: ToolRule): string {
  const { kind: _kind, ...rest } = rule;
  if ('values' in rest) return rest.values.join(', ');
  return 'value' in rest ? `${rest.value}` : canonicalJson(JSON.parse(JSON.stringify(rest)));
}

function ofFlows(before: Declared, after: Declared): AuthorityChange[] {
  const [old, now] = [before.flows ?? [], after.flows ?? []];
  const ids = [...new Set([...old, ...now].map(({ id }) => id))].sort();
  return ids.flatMap((id) => {
    const [was, is] = [old.find((flow) => flow.id === id), now.find((flow) => flow.id === id)];
    if (same(was, is)) return [];
    if (is === undefined) return [changeOf('gained', `flow ${id}`, 'is not forbidden or required any more')];
    return [
      changeOf(
        was === undefined ? 'lost' : 'changed',
        `flow ${id}`,
        was === undefined ? 'is new' : 'says something else',
      ),
    ];
  });
}

function ofLists(
  subject: string,
  what: string,
  before: readonly string[],
  after: readonly string[],
): AuthorityChange[] {
  return [
    ...after.filter((one) => !before.includes(one)).map((one) => changeOf('gained', subject, `${what} ${one}`)),
    ...before.filter((one) => !after.includes(one)).map((one) => changeOf('lost', subject, `${what} ${one}`)),
  ];
}

function compared(
  subject: string,
  what: string,
  [old, now]: readonly [string, string],
  change: number,
): AuthorityChange[] {
  if (change === 0) return [];
  return [changeOf(change > 0 ? 'gained' : 'lost', subject, `${what}: ${old} → ${now}`)];
}

function changeOf(direction: AuthorityChange['direction'], subject: string, what: string): AuthorityChange {
  return { direction, subject, what };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
