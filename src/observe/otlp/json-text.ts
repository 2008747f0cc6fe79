const BACKSLASH = 92;
const [ZERO, NINE] = [48, 57];
const [MINUS, PLUS, DOT] = [45, 43, 46];

/** Where the JSON string whose content begins at `from` ends: the position of its closing quote; -1 = nowhere. */
export function stringEnd(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end !== -1 && isEscaped(text, from, end)) end = text.indexOf('"', end + 1);
  return end;
}

/** Where the JSON number that begins at `from` ends; -1 = there is none. */
export function numberEnd(text: string, from: number): number {
  let at = text.charCodeAt(from) === MINUS ? from + 1 : from;
  const hasLeadingZero = text.charCodeAt(at) === ZERO;
  const whole = digitsEnd(text, at);
  if (whole === at || (hasLeadingZero && whole > at + 1)) return -1;
  at = whole;
  if (text.charCodeAt(at) === DOT) {
    const fraction = digitsEnd(text, at + 1);
    if (fraction === at + 1) return -1;
    at = fraction;
  }
  if (!isExponent(text.charCodeAt(at))) return at;
  const sign = text.charCodeAt(at + 1);
  const digits = sign === MINUS || sign === PLUS ? at + 2 : at + 1;
  const end = digitsEnd(text, digits);
  return end === digits ? -1 : end;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code >= ZERO && code <= NINE; code = text.charCodeAt(at)) at += 1;
  return at;
}

function isExponent(code: number): boolean {
  return code === 101 || code === 69;
}

/** Whether the quote is preceded by an odd number of backslashes, none of them before `from`. */
export function isEscaped(text: string, from: number, quote: number): boolean {
  let at = quote;
  while (at > from && text.charCodeAt(at - 1) === BACKSLASH) at -= 1;
  return (quote - at) % 2 === 1;
}
