/**
 * What a terminal, browser or editor acts on or hides instead of showing: control, format (bidi, zero-width, tag),
 * separator and default-ignorable characters, and halves of surrogate pairs.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Outside text on one line with nothing hidden: every unseen character is written as `\u{202e}`, none is dropped. */
export function visible(text: string): string {
  return replaceUnseen(text, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** For formats with an escape of their own: each unseen character, given as one code point, replaced by `write`. */
export function replaceUnseen(text: string, write: (character: string) => string): string {
  return text.replace(UNSEEN, write);
}
