/** About as long as a long token: text without spaces, such as Chinese or base64, is cut into these. */
const PIECE = /\s*\S{1,16}|\s+/gu;

/** A text in the pieces a model streams it in: words with the space before them. Joined they are the text. */
export function textPieces(text: string): readonly string[] {
  return text.match(PIECE) ?? [];
}
