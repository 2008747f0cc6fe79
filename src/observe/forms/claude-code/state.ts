import type { JsonObject } from '../../otlp/any-value.ts';
import type { FormTools, Place } from '../form.ts';
import type { RunHandle } from '../run-writer.ts';
import type { OpenMessage } from './split-message.ts';

/** What takes turns: the main conversation, or one sub-agent. */
export interface Speaker {
  /** '' is the main conversation. */
  readonly name: string;
  /** Id of the record that stands for all it did, where it is a sub-agent. */
  readonly parent: string | undefined;
  /** When the line before came, in ms. */
  lastMs: number | undefined;
  message: OpenMessage | undefined;
  /** Requests that failed since the last answer. */
  failures: number;
  /** What the person said since the answer before: messages of the role user. */
  said: readonly JsonObject[];
}

/** What is known of a session while its lines are read. */
export interface SessionState {
  readonly run: RunHandle;
  readonly tools: FormTools;
  /** By the id of the call that waits for its result. */
  readonly asked: Map<string, AskedTool>;
  /** How often a person spoke. */
  prompts: number;
  /** Whether there were sub-agents without a name. */
  hadNameless(): boolean;
}

/** One line of a transcript. */
export interface Line {
  readonly line: JsonObject;
  readonly place: Place;
  /** When it was written. */
  readonly ms: number | undefined;
}

/** A call that an answer asked for. */
export interface AskedTool {
  readonly name: string | undefined;
  readonly args: unknown;
  readonly place: Place;
  readonly atMs: number | undefined;
}

/** The id of the record that stands for all that a sub-agent did. */
export function agentRecord(agentId: string): string {
  return `agent ${agentId}`;
}
