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
