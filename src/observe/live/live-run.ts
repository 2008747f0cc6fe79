import type { LoadRole } from '../../contract/run.ts';
import type { Exchange } from '../proxy/exchange.ts';
import type { ServedToolCall } from '../proxy/tool-server.ts';

/** How one run ended, seen from outside. Texts are clear. */
export interface LiveEnding {
  readonly ending: 'answered' | 'failed' | 'timed-out' | 'not-started';
  /** Exit code, HTTP status or name of the signal; undefined = none. */
  readonly exit: string | undefined;
  /** What the user would have seen; undefined = nothing. */
  readonly answer: string | undefined;
  /** Why it did not start or could not be asked, or how its program failed, for messages; clear. */
  readonly problem: string | undefined;
}

/** One run of the workload by aigate. */
export interface LiveRun extends LiveEnding {
  /** 32 hex digits: the trace id of the run. */
  readonly id: string;
  readonly scenario: string;
  /** Unix time in ms. */
  readonly startMs: number;
  /** 0 when it was not started. */
  readonly durationMs: number;
  readonly exchanges: readonly Exchange[];
  /** Id of the case of user harm that was put to the workload; absent = none. */
  readonly harm?: string;
  /** What a judge said of each rule of that case; see `Run.rubrics`. Absent = none was asked. */
  readonly rubrics?: string;
  /** Undefined: it is part of no load. */
  readonly load?: {
    readonly role: LoadRole;
    /** When it was meant to start: Unix time in ms. */
    readonly intendedMs: number;
  };
  /** Spans that the workload itself sent, as OTLP/JSON `resourceSpans`; empty = it sent none. */
  readonly spans: readonly unknown[];
  /** Bodies with such spans that could not be taken; absent = none. */
  readonly refusedSpans?: number;
  /** Calls of the tools that are played for it; undefined = none are. */
  readonly toolCalls?: readonly ServedToolCall[] | undefined;
  /** Requests of it that the proxy did not understand, without queries. */
  readonly unknownPaths: readonly string[];
}
