import type { EvidenceKind, EvidenceRef } from './evidence.ts';
import type { UpstreamTrouble } from './live-traffic.ts';
import type { ProbeRun } from './probe.ts';
import type { Route } from './run.ts';
import type { StopDrill } from './stop-drill.ts';
import type { UndoRun } from './undo-drill.ts';

/** One request to a provider, as the proxy saw it. */
export interface DrillAttempt {
  readonly provider: string;
  readonly model: string | undefined;
  readonly route: Route;
  /** ms from the start of the run. */
  readonly atMs: number;
  /** ms until the answer ended or the caller left. */
  readonly durationMs: number;
  /** Undefined: no status was sent. */
  readonly status: number | undefined;
  /** Whether the fault was applied to it. */
  readonly isFaulted: boolean;
  /** Whether what was sent is a whole answer with a message in it. */
  readonly isComplete: boolean;
  /** What the client's own retry counter said; undefined = it sends none. */
  readonly sdkRetry: number | undefined;
  /** Whether it repeats an earlier request of the run to the same model, byte for byte. */
  readonly isRepeat: boolean;
  /** Tools that the sent answer asked for. */
  readonly requestedTools: readonly string[];
}

/** How a run ended, seen from outside. */
export const DRILL_ENDINGS = ['answered', 'failed', 'timed-out', 'not-started'] as const;

/** What was seen of one run with a fault; redacted and bounded. What it amounts to is for `classifyDrill` to say. */
export interface DrillRun {
  readonly id: string;
  readonly ref: EvidenceRef;
  readonly kind: Extract<EvidenceKind, 'simulated' | 'replayed' | 'live'>;
  readonly fault: string;
  /** Which form of the fault it met, such as one code of several; undefined = it met none, or the fault has one. */
  readonly form: string | undefined;
  /** Name of the schedule, for a fault that was there for some requests only; undefined = it lasted. */
  readonly schedule: string | undefined;
  readonly scenario: string;
  /** At most 50; `attemptCount` counts all. */
  readonly attempts: readonly DrillAttempt[];
  readonly attemptCount: number;
  /** Attempts that met the fault, of all; calls of served tools, where the fault is one of these. */
  readonly faulted: number;
  /**
   * Whether the fault has no form for anything that the run asked for, such as one of tools where no answer calls any.
   * Said by the driver, who saw the answers; false where a request met the fault, or none came that could have.
   */
  readonly isInapplicable: boolean;
  /** `answered`: exit code 0 or a status below 400. `failed`: ended otherwise. `timed-out`: ended by us. */
  readonly ending: (typeof DRILL_ENDINGS)[number];
  /** Exit code or HTTP status, or the name of the signal; undefined = none. */
  readonly exit: string | undefined;
  readonly durationMs: number;
  /** What the user would have seen, redacted and shortened; undefined = nothing. */
  readonly answer: string | undefined;
  /**
   * Whether the answer shows all that the scenario expects of its text, and the served tools that it expects were called;
   * undefined = the scenario expects nothing, or no answer came.
   */
  readonly isExpected: boolean | undefined;
  /** Whether the answer holds the phrase of `drills.degraded` or `drills.handedOff`. */
  readonly saysDegraded: boolean;
  readonly saysHandedOff: boolean;
  /** Ordinary answers of the scenario say it too, so that it means nothing; absent = they do not. */
  readonly saysAsUsual?: true | undefined;
  /** Calls of tools that write, as asked for by answers that met the fault. */
  readonly writesAfterFault: number;
  /** Writes that the served tools carried out again, beyond the first of the same call; undefined = none are served. */
  readonly repeatedWrites: number | undefined;
  /**
   * Writes that the served tools carried out before any whole answer had come to the run, the one that hands over to a
   * person aside: no model can have asked for them. Absent = none, or no tools are served.
   */
  readonly unaskedWrites?: number | undefined;
  /** The output holds words of an answer that the fault spoilt, beside those of the answers that came whole; absent = none. */
  readonly showsBrokenWords?: true | undefined;
  /** A provider key of ours was seen in the output. */
  readonly leaksKey: boolean;
  /** Nano-USD of the answers that were complete, at list price; undefined = some had no price. */
  readonly costNanoUsd: number | undefined;
}

/** All drills of an evaluation. */
export interface Drills {
  readonly runs: readonly DrillRun[];
  /** Requests that went around the proxy, by host: what they did was not seen. */
  readonly bypasses: readonly { readonly host: string; readonly count: number }[];
  /** Undefined: no stop command was given. */
  readonly stop?: StopDrill | undefined;
  /** Runs whose writes were taken back; absent or empty = none. */
  readonly undos?: readonly UndoRun[];
  /** Why runs to take back were left out, such as a budget; absent = all that were planned were made. */
  readonly undosLeftOut?: string | undefined;
  /** The same of runs to stop, which are made all or not at all. */
  readonly stopLeftOut?: string | undefined;
  /** Runs that were tempted to do what they must not; absent or empty = none. */
  readonly probes?: readonly ProbeRun[];
  /** Why runs with a probe were left out; absent = none was. */
  readonly probesLeftOut?: string | undefined;
  /** The same of runs with a fault; undefined = all that were planned ran. */
  readonly stopped: string | undefined;
  /** Drills that are left out because what answers the other calls gave no answer, by reason; empty = none. */
  readonly unanswered: readonly UpstreamTrouble[];
}
