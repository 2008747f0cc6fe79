import type { Delivery } from './delivery.ts';

/** The request formats of model providers in which a model answers in words. */
export const WIRE_APIS = ['openai.chat', 'openai.responses', 'anthropic.messages'] as const;
/** Every request format that the proxy understands: those, and the one that turns texts into vectors. */
export type WireApi = (typeof WIRE_APIS)[number] | 'openai.embeddings';

/** One part of what the caller sends, in order, as far as drills and recordings need it. */
export interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  /** Text parts joined; empty when there is none. */
  readonly text: string;
  /** Tools that an assistant message asked for. */
  readonly toolCalls: readonly WireToolCall[];
  /** The call that a tool message answers; undefined for other roles. */
  readonly toolCallId: string | undefined;
}

export interface WireToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text as on the wire; it may be broken. */
  readonly args: string;
}

/** A request as read from the wire. What is not there is undefined; nothing is made up. */
export interface WireRequest {
  readonly api: WireApi;
  readonly model: string | undefined;
  readonly isStream: boolean;
  /**
   * Whether a stream shall report its usage, which OpenAI chat does only when asked (`stream_options.include_usage`).
   * Absent: the format has no such switch, and reports it.
   */
  readonly isUsageStreamed?: boolean;
  readonly messages: readonly WireMessage[];
  /** Names of the tools that the caller offers. */
  readonly tools: readonly string[];
  /** Names of request parameters beyond model, messages, tools and stream. */
  readonly parameters: readonly string[];
  /** How vectors are to be written; absent: the request asks for none. `dimensions` undefined = as many as the model has. */
  readonly embedding?: { readonly dimensions: number | undefined; readonly isBase64: boolean };
}

/** How a model ended. The names are those of OpenAI chat; each format has its own words for them. */
export const WIRE_FINISHES = ['stop', 'length', 'tool_calls', 'content_filter', 'refusal'] as const;
export type WireFinish = (typeof WIRE_FINISHES)[number];

export interface WireUsage {
  readonly input: number;
  readonly output: number;
  /** Part of `input` that came from a cache. */
  readonly cacheRead: number;
}

/** An answer to be written to the wire. */
export interface WireAnswer {
  readonly id: string;
  readonly model: string;
  readonly text: string;
  readonly toolCalls: readonly WireToolCall[];
  readonly finish: WireFinish;
  /** Undefined: the answer reports none, as some gateways do. */
  readonly usage: WireUsage | undefined;
}

/** An answer as a strict client reads it off the wire: every field may be missing. */
export interface ReadAnswer {
  readonly model: string | undefined;
  readonly text: string;
  readonly toolCalls: readonly WireToolCall[];
  readonly finish: string | undefined;
  readonly usage: {
    readonly input: number | undefined;
    readonly output: number | undefined;
    readonly cacheRead: number | undefined;
  };
  /**
   * Whether the answer came whole: a terminal event or a whole body that holds a message. `error`: the provider's own
   * error type or code, also when it came inside a 200 or a stream.
   */
  readonly isComplete: boolean;
  readonly error: string | undefined;
}

/**
 * What a provider refuses a request with. Each format writes it in the provider's own shape, status and headers; where a
 * provider has no word of its own for one, it is that for the nearest.
 */
export const WIRE_ERRORS = [
  'server-error',
  'overloaded',
  'rate-limit',
  'slow-down',
  'quota',
  'credit-balance',
  'organization-spend',
  'project-spend',
  'organization-usage',
  'auth',
  'forbidden',
  'model-not-found',
  'context-length',
  'too-large',
  'content-filter',
  'bad-request',
  'parameter',
  'tool-schema',
  'prefill',
] as const;
export type WireErrorKind = (typeof WIRE_ERRORS)[number];

export interface WireErrorDetails {
  /** The model that was asked for, which some messages name. */
  readonly model: string | undefined;
  readonly retryAfter?: string;
  readonly message?: string;
}

/** How answers are paced: ms before the first part and between two parts. */
export interface Pace {
  readonly firstMs: number;
  readonly betweenMs: number;
}

/** What came back for a request. `isStream`: what the request asked for, whatever came. */
export interface ReceivedAnswer extends Pick<Delivery, 'status' | 'headers' | 'end'> {
  readonly body: string;
  readonly isStream: boolean;
}

/** One request format, both ways. Pure. */
export interface WireFormat {
  readonly api: WireApi;
  /** @returns undefined when the body is no request of this format. */
  readRequest(body: unknown): WireRequest | undefined;
  /**
   * In one body, or as a stream in the provider's own events, one event a frame. Both take the same time: what is not
   * streamed comes when its last part would have come.
   */
  writeAnswer(answer: WireAnswer, request: Pick<WireRequest, 'isStream' | 'isUsageStreamed'>, pace: Pace): Delivery;
  /** `retryAfter`: the header of that name, which is absent without it. `message`: in place of the provider's own. */
  writeError(kind: WireErrorKind, details: WireErrorDetails): Delivery;
  /** An error in the middle of a stream, as one frame's text. */
  writeErrorEvent(kind: WireErrorKind): string;
  /** Reads what a caller received; never throws. */
  readAnswer(received: ReceivedAnswer): ReadAnswer;
}
