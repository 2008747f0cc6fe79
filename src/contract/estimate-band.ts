/** How far a count in recorded text may be below what the provider would have counted. */
export interface EstimateBand {
  readonly factor: number;
  /** Tokens around the messages of a call. */
  readonly extra: number;
}

/**
 * The text was counted with the vocabulary of OpenAI's current models. Theirs are met to 3 % and a few tokens a message;
 * other vendors' models take up to 35 % more tokens for the same text. Tool definitions, images and hidden reasoning
 * are not in the text at all, which is why the share of estimated calls is limited. Judgement, 2026-11-21; measured on
 * English, code and JSON.
 */
export const SAME_VOCABULARY: EstimateBand = { factor: 1.03, extra: 16 };
export const OTHER_VOCABULARY: EstimateBand = { factor: 1.35, extra: 16 };
