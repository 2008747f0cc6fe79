import { defineMeasure } from '../../../src/contract/measure.ts';
import { placeOf } from '../../../src/contract/name-counts.ts';
import type { Run } from '../../../src/contract/run.ts';
import {
  CALL_VERDICTS,
  type CallDecision,
  type CallDecisions,
  type DecidedCalls,
  type OffendingRun,
} from '../../../src/contract/tool-use.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { decideCalls } from '../call-decisions.ts';

/** Different tools that are kept: more are invented names. */
const MOST_TOOLS = 1_000;
const MOST_OFFENDERS = 5;

/** What the policy says of every call. */
export default defineMeasure<CallDecisions, CallDecisions>({
  id: 'tool-control/call-decisions',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({ runs: 0, approvals: 0, tools: [], offenders: [] }),
  add(state, run, plan) {
    const decisions = decideCalls(run, plan);
    state.runs += 1;
    state.approvals += run.steps.filter(({ type }) => type === 'approval').length;
    state.approvals += decisions.filter(
      ({ rule, approval }) => rule === 'approve user' && approval === 'approved',
    ).length;
    for (const { tool, verdict, stands } of decisions) {
      const calls = callsOf(state, tool ?? '(unnamed)');
      if (calls === undefined) continue;
      calls.verdicts[verdict] += 1;
      if (stands === 'violation') calls.violations += 1;
    }
    const first = decisions.find(({ stands }) => stands === 'violation');
    if (first !== undefined) state.offenders = firstRuns([...state.offenders, offending(run, first, decisions)]);
  },
  merge: (a, b) => {
    const merged: CallDecisions = {
      runs: a.runs + b.runs,
      approvals: a.approvals + b.approvals,
      tools: a.tools.map(([name, calls]) => [name, copyOf(calls)]),
      offenders: firstRuns([...a.offenders, ...b.offenders]),
    };
    for (const [name, { verdicts, violations }] of b.tools) {
      const calls = callsOf(merged, name);
      if (calls === undefined) continue;
      for (const verdict of CALL_VERDICTS) calls.verdicts[verdict] += verdicts[verdict];
      calls.violations += violations;
    }
    return merged;
  },
  finish: (state) => (state.runs > 0 ? state : undefined),
});

/** Undefined for a name beyond those that are kept. */
function callsOf({ tools }: CallDecisions, name: string): DecidedCalls | undefined {
  const place = placeOf(tools, name);
  const found = tools[place];
  if (found?.[0] === name) return found[1];
  if (place >= MOST_TOOLS) return undefined;
  const calls: DecidedCalls = {
    verdicts: { deny: 0, 'needs-approval': 0, 'not-assessed': 0, allow: 0 },
    violations: 0,
  };
  tools.splice(place, 0, [name, calls]);
  if (tools.length > MOST_TOOLS) tools.length = MOST_TOOLS;
  return calls;
}

function copyOf({ verdicts, violations }: DecidedCalls): DecidedCalls {
  return { verdicts: { ...verdicts }, violations };
}

function firstRuns(runs: OffendingRun[]): OffendingRun[] {
  const byId = (a: OffendingRun, b: OffendingRun) => (a.run < b.run ? -1 : a.run > b.run ? 1 : a.ref.line - b.ref.line);
  return runs.sort(byId).slice(0, MOST_OFFENDERS);
}

/** Calls that are shown before and after the first violation. */
const AROUND = 6;

function offending({ id }: Run, first: CallDecision, decisions: readonly CallDecision[]): OffendingRun {
  const at = decisions.indexOf(first);
  const from = Math.max(0, at - AROUND);
  const shown = decisions.slice(from, at + AROUND).map((decision) => {
    const { tool = '(unnamed)', stands } = decision;
    return stands === 'violation' ? `${tool}: ${reasonOf(decision)}` : tool;
  });
  const before = from > 0 ? [`${from} before`] : [];
  return { run: id, rule: reasonOf(first), ref: first.ref, steps: [...before, ...shown] };
}

/** The rule, and where an approval was needed what became of it. */
function reasonOf({ rule = '', verdict, approval }: CallDecision): string {
  return verdict !== 'needs-approval' || approval === 'approved' ? rule : `${rule} (${approval})`;
}
