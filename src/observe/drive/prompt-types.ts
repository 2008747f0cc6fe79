import type { Json } from '../../contract/json.ts';
import type { PROMPT_SDKS } from '../../contract/judge.ts';
import type { WireMessage, WireToolCall } from '../wire/wire-api.ts';

/** The package through which a model is asked. */
export type PromptSdk = (typeof PROMPT_SDKS)[number];

/** One request to a model. */
export interface PromptRequest {
  readonly sdk: PromptSdk;
  /** Where the provider's traffic of the run goes, without `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** With the system prompt, as messages of role `system`. */
  readonly messages: readonly WireMessage[];
  readonly tools: readonly PromptTool[];
  readonly isStream: boolean;
  readonly maxTokens: number;
  /** Hard limit for the whole call, > 0; the packages' own ends with the headers of the answer. */
  readonly timeoutMs: number;
}

/** A tool that the model may ask for. */
export interface PromptTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments, an object. */
  readonly parameters: { readonly [key: string]: Json };
}

/** Why there is no usable answer. */
export interface PromptError {
  /**
   * `provider`: it answered with an error, also in the middle of a stream. `connection`: none, or it was cut. `incomplete`:
   * it ended without a finish reason, what the packages take as success. `malformed`: no message of this API.
   */
  readonly kind:
    | 'missing-package'
    | 'timed-out'
    | 'aborted'
    | 'provider'
    | 'connection'
    | 'incomplete'
    | 'malformed'
    | 'too-long';
  readonly httpStatus: number | undefined;
  /** The provider's own code or type; undefined = it gave none. */
  readonly code: string | undefined;
  /** Without the key. */
  readonly message: string;
}

/** What came of one request; text and tool calls as far as they had come when there is an error. */
export interface PromptResult {
  readonly text: string;
  readonly toolCalls: readonly WireToolCall[];
  /** In the provider's own words; undefined = none came. */
  readonly finish: string | undefined;
  readonly error: PromptError | undefined;
  /** On the given clock. */
  readonly startMs: number;
  readonly durationMs: number;
  /** ms to the first text or tool call of a stream; undefined = none came, or it was no stream. */
  readonly firstTokenMs: number | undefined;
}

/** One part of an answer, of a stream or of a whole one. */
export interface PromptPart {
  readonly text?: string | null | undefined;
  /** Parts with the same index belong to one tool call; the arguments come in pieces. */
  readonly tool?: {
    readonly index: number;
    readonly id?: string | undefined;
    readonly name?: string | undefined;
    readonly args?: string | undefined;
  };
  readonly finish?: string | null | undefined;
}

/** What a package is called with beyond the request. */
export interface PromptCall {
  readonly signal: AbortSignal;
  readonly fetch: typeof fetch;
}
