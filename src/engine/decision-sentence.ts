import { type Finding, isFailing } from '../contract/finding.ts';
import type { Lane } from '../contract/gate.ts';
import type { Plan } from '../contract/plan.ts';
import type { Verdict } from '../contract/result.ts';

interface Judged {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

/**
 * What a check (or, for all others of its gate, the gate) is about, in the order in which a sentence names it.
 * "Behavior" stands last because it reads as belonging to all that precede.
 */
const SUBJECTS: readonly (readonly [id: string, noun: string])[] = [
  ['cost', 'cost'],
  ['reliability/latency', 'latency'],
  ['reliability/availability', 'availability'],
  ['reliability/response-quality', 'response quality'],
  ['reliability', 'reliability'],
  ['fallback', 'fallback'],
  ['tool-control', 'tool-control'],
  ['provider-dependency', 'provider dependency'],
  ['evidence', 'evidence'],
  ['reliability/call-timeouts', 'timeout behavior'],
];

const DESTINATION: Readonly<Record<Lane, string>> = {
  production: 'to production',
  'early-access': 'to early access',
  experimental: 'beyond the experimental lane',
};

/** The decision as a sentence for whoever releases: computed from the verdict and the blockers that decided it. */
export function decisionSentence({ plan, findings, verdict }: Judged): string {
  const sentence = verdict.decision === 'pass' ? passing(verdict) : stopping(verdict, findings);
  return plan.workload.isDemo ? `${sentence} This is a demonstration and releases nothing.` : sentence;
}

function passing({ releasable, lane, exitCode, notReleasableBecause }: Verdict): string {
  if (releasable) return `May be released ${DESTINATION[lane]}.`;
  return `Checks pass; not releasable because ${notReleasableBecause ?? BLOCKED_BECAUSE[exitCode]}.`;
}

/** What blocks although every deciding check passes. */
const BLOCKED_BECAUSE: Readonly<Record<Verdict['exitCode'], string>> = {
  0: 'the verdict forbids it',
  1: 'a check threw',
  3: 'a declared scenario has no run',
};

function stopping(verdict: Verdict, findings: readonly Finding[]): string {
  const isFail = verdict.decision === 'fail';
  const deciding = findings
    .filter(({ severity }) => severity === 'blocker')
    .filter((finding) => (isFail ? isFailing(finding) : finding.outcome === 'inconclusive'));
  const openGates = verdict.gates.filter(({ id, outcome }) => {
    return outcome === verdict.decision && !deciding.some(({ gate }) => gate === id);
  });
  const subjects = nounsOf([...deciding.map(subjectOf), ...openGates.map(({ id }) => id)]);
  const until = `Do not release ${DESTINATION[verdict.lane]} until ${list(subjects)} ${subjects.length === 1 ? 'is' : 'are'}`;
  if (isFail) return `${until} remediated and re-tested.`;
  const inputs = [...new Set(deciding.flatMap(({ missing }) => (missing === null ? [] : [missing.input])))];
  return inputs.length === 0 ? `${until} shown.` : `${until} shown: missing ${shortList(inputs)}.`;
}

function subjectOf({ checkId, gate }: Finding): string {
  return SUBJECTS.some(([id]) => id === checkId) ? checkId : gate;
}

function nounsOf(subjects: readonly string[]): string[] {
  return SUBJECTS.filter(([id]) => subjects.includes(id)).map(([, noun]) => noun);
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

const NAMED_INPUTS = 3;

function shortList(items: readonly string[]): string {
  const more = items.length - NAMED_INPUTS;
  return more > 0 ? `${items.slice(0, NAMED_INPUTS).join(', ')} and ${more} more` : list(items);
}
