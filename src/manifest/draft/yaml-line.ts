/** A text as a YAML scalar in a flow or block context: plain where nothing can be misread, else quoted. */
export function scalar(text: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text);
  // JSON is YAML, but for what YAML forbids in any form; what hides or turns text round is shown.
  return isPlain ? text : JSON.stringify(text).replace(/[\u007f-\u009f\u00ad\u061c\p{Cf}\u2028\u2029]/gu, escaped);
}

/** The end of a line that was guessed: readers search for the word. */
export function guess(from: string): string {
  return ` # guess: ${from.replace(/[^\x20-\x7e]/g, '?')}`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
