/**
 * Package → fault → way to call → what code sees: `throws X`, `hangs`, or what it reads, as `<text>, <finish reason>`,
 * where the text is `whole`, `part`, `nothing` or `other text`.
 */
export type ClientBehaviour = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** Finish reasons of answers that are whole, and none at all: code that looks at nothing else takes it for success. */
const SAYS_NOTHING = /, (stop|end_turn|completed|no finish reason)$/;

/** Whether the call succeeds, the answer is not what the model said, and nothing that code usually looks at says so. */
export function isSilent(cell: string): boolean {
  return /^(part|nothing|other text), /.test(cell) && SAYS_NOTHING.test(cell);
}

/** Whether the call succeeds and only its finish reason says that the answer is not what the model said. */
export function isTold(cell: string): boolean {
  return /^(part|nothing|other text), /.test(cell) && !SAYS_NOTHING.test(cell);
}
