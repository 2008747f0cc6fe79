/** Deeper nesting than people write. Parsers build trees by recursion: thousands of levels can end the process. */
const DEEPEST = 250;

/**
 * Whether brackets, operators without brackets (`- - -`, `a: b: c`, `a ? b ? c`) or indentation nest too deep. Counts
 * them wherever they stand: those in texts and comments mostly come in pairs too.
 */
export function isDeep(text: string): boolean {
  let [depth, chain] = [0, 0];
  for (const [found] of text.matchAll(/[()[\]{}]|[-+!~?:,]|\n(?:[ \t]{500})?/g)) {
    if (found.length > 1) return true;
    if ('-+!~?:'.includes(found)) chain += 1;
    else chain = 0;
    if ('([{'.includes(found)) depth += 1;
    else if (')]}'.includes(found) && depth > 0) depth -= 1;
    if (depth > DEEPEST || chain > DEEPEST) return true;
  }
  return false;
}
