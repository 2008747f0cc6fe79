/** Characters that a reviewer does not see and a model reads; line ends and tabs are seen. */
const UNSEEN = /[^\n\r\t\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Joins an emoji or chooses how it looks. */
const [JOINER, NON_JOINER] = ['\u200d', '\u200c'];
const LOOK = /^[\ufe0e\ufe0f\u20e3]$/;
/** Says in which direction what follows is read; needed where scripts of both directions are mixed. */
const DIRECTION_MARK = /^[\u200e\u200f\u061c]$/;

/** The hidden characters of a text, each once, such as `U+200B`; those that writing needs are left out. */
export function hiddenCharacters(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(UNSEEN)) {
    const [character] = match;
    if (!isNeeded(character, text, match.index)) found.add(nameOf(character));
  }
  return [...found];
}

function isNeeded(character: string, text: string, index: number): boolean {
  const before = [...text.slice(Math.max(0, index - 4), index)].at(-1) ?? '';
  const after = String.fromCodePoint(text.codePointAt(index + character.length) ?? 32);
  if (LOOK.test(character)) return /[\p{Extended_Pictographic}\d#*]/u.test(before);
  if (DIRECTION_MARK.test(character)) return /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(text);
  if (character !== JOINER && character !== NON_JOINER) return false;
  const isEmoji =
    /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/u.test(before) && /\p{Extended_Pictographic}/u.test(after);
  const isLetter = JOINED.test(before) && JOINED.test(after);
  return (character === JOINER && isEmoji) || isLetter;
}

/** Scripts whose spelling uses joiners. */
const JOINED =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Gujarati}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}\p{Mn}\p{Mc}]/u;

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
