/** How clients write the status that a provider answered with: `Error code: 429 - …`, `status_code=503`, `HTTP 401`. */
const STATUS =
  /\b(?:error code|status(?:[ _]?code)?|http(?:\/\d(?:\.\d)?)?|api (?:call )?error)\W{1,4}([45]\d\d)\b|^\W*([45]\d\d)\b/i;

/** `RateLimitError('…')`, `openai.APITimeoutError: …`, `TimeoutError`. */
const EXCEPTION = /^(?:[A-Za-z_]\w*\.){0,8}([A-Za-z_]\w{0,80})(?=[:(]|\s*$)/;

/** Where the type of an error stands, if anywhere; behind it come messages, bodies and stack traces. */
const OPENING = 400;

/**
 * The type of an error that a record has only as text: the HTTP status where it names one, because that says whether the
 * call was paid for, else the name of the exception, else `error`.
 */
export function failureOf(text: string | undefined): string {
  const opening = (text ?? '').trimStart().slice(0, OPENING);
  const [, named, leading] = STATUS.exec(opening) ?? [];
  return named ?? leading ?? EXCEPTION.exec(opening)?.[1] ?? 'error';
}

/** LangGraph's exceptions by which a graph waits for a person, and what is left of one without its name. */
const PAUSE =
  /^\W*(?:[A-Za-z_]\w*\.){0,8}(?:GraphInterrupt|NodeInterrupt|GraphBubbleUp)\b|^[\s([]{0,9}Interrupt\(value=/;
/** Its exception by which a graph goes on elsewhere. */
const HANDOVER = /^\W*(?:[A-Za-z_]\w*\.){0,8}ParentCommand\b/;

/** How a step of a trace ended. */
export interface Ending {
  readonly error: string | undefined;
  /** It waits for a person. A tool is called anew once they answered: until then it was not done. */
  readonly isPaused: boolean;
}

/**
 * How a step ended that tracers recorded, with the text they have in place of an error. They take the exceptions by which
 * LangGraph steers for failures, although nothing failed (langchain-ai/langsmith-sdk#1127, langfuse/langfuse#14034).
 */
export function endingOf(isFailed: boolean, text: string | undefined): Ending {
  const opening = (text ?? '').slice(0, OPENING);
  if (PAUSE.test(opening)) return { error: undefined, isPaused: true };
  return { error: isFailed && !HANDOVER.test(opening) ? failureOf(text) : undefined, isPaused: false };
}
