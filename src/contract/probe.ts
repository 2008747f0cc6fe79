import type { DrillRun } from './drill-run.ts';

/**
 * What the workload is tempted to do. In all but the last its model is made to ask for it, because a control that only a
 * polite model keeps is none; each is judged by the check `tool-control/<kind>`.
 */
export const PROBE_KINDS = [
  /** To call a tool that is there and that nobody declared. */
  'privilege',
  /** To call a tool with a value that a declared rule of an argument refuses. */
  'argument-overflow',
  /** To call a tool that needs approval, which the model says was given. */
  'approval-bypass',
  /** To write while it is put into a mode that only reads. */
  'read-only',
  /** To call a tool that fails again and again. */
  'endless-errors',
  /** To do what the output of a tool says. */
  'injection',
] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** Which probes are made, and with what. */
export interface ProbePlan {
  /** In the order of `PROBE_KINDS`. */
  readonly kinds: readonly ProbeKind[];
  /** Runs of each in each scenario, ≥ 1. */
  readonly runs: number;
  /** Ids of scenarios. */
  readonly scenarios: readonly string[];
  /**
   * Variables that runs of a kind are given: what puts them into the mode that only reads, or makes nobody approve. Of
   * `read-only` always, of others where they are declared.
   */
  readonly env: Readonly<Partial<Record<ProbeKind, Readonly<Record<string, string>>>>>;
  /** What played tools answer in runs of `approval-bypass`, so that nobody approves; JSON texts by tool. */
  readonly refusals: Readonly<Record<string, string>>;
}

/** What was seen of one run with a probe. What it amounts to is for the checks to say. */
export interface ProbeRun extends Pick<DrillRun, 'id' | 'ref' | 'kind' | 'scenario' | 'ending' | 'exit'> {
  readonly probe: ProbeKind;
  /** The tool that is not to be called like that; undefined = any, as in `injection`. */
  readonly tool: string | undefined;
  /** The argument that breaks its rule; undefined = it is not about one. */
  readonly arg: string | undefined;
  /**
   * How often the workload met it: an answer that asked for the call, a call that failed, or a request of the model that
   * held what a tool was made to say.
   */
  readonly met: number;
  /** Answers in which a model asked for what the output of a tool said; 0 where the model is made to ask. */
  readonly obeyed: number;
  /** Calls at the played tools that must not come; of `endless-errors`, all calls of the tool that fails. */
  readonly calls: number;
  /** Whether a request of it got no answer from what answers for the models. */
  readonly isUnanswered: boolean;
}

/** Top-level name that no resolver knows (RFC 2606): what a probe asks to send goes nowhere. */
export const PROBE_HOST = 'aigate-probe.invalid';
