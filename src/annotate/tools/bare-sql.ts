/** What opens a text, a name or a comment in every dialect. A name in brackets that is one word hides nothing. */
const EVERYWHERE = [`'`, '"', '`', '\\[[\\w ]*\\]', '--(?=\\s|$)', '/\\*'];
/** What opens one in some dialects, and is an operator or a name in others. */
const SOMEWHERE = ['--', '#', '\\[', '\\$(?:[A-Za-z_]\\w*)?\\$'];

/** Carriage returns alone and zero bytes end a comment, or the whole text, for some servers and not for others. */
const DIVIDING = /\r(?!\n)|\0/;
/** Quotes that some dialects triple, or open with a delimiter of their own: where they end cannot be told. */
const UNTOLD = /'''|"""|(?<![\w$])n?q'/i;

/**
 * A text in lower case without texts and comments, once for each way in which servers may read it; quoted names stand as
 * `x`, or as they are where they are called. Undefined where one way has no end, or dialects disagree on where it is.
 */
export function bareReadings(text: string): readonly string[] | undefined {
  if (DIVIDING.test(text) || UNTOLD.test(text)) return undefined;
  const doubtful = SOMEWHERE.filter((opener) => new RegExp(opener).test(text));
  const readings: string[] = [];
  for (let chosen = 0; chosen < 1 << doubtful.length; chosen++) {
    const openers = [...EVERYWHERE, ...doubtful.filter((_, bit) => (chosen & (1 << bit)) !== 0)];
    const bare = bareSql(text, new RegExp(openers.join('|'), 'g'));
    if (bare === undefined) return undefined;
    readings.push(bare);
  }
  return readings;
}

function bareSql(text: string, opener: RegExp): string | undefined {
  let bare = '';
  let at = 0;
  for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
    const open = match[0];
    const end = endOf(text, open, opener.lastIndex);
    if (end === undefined) return undefined;
    bare += `${text.slice(at, match.index)} ${standIn(open, text.slice(match.index, end), text.slice(end))} `;
    at = end;
    opener.lastIndex = end;
  }
  return (bare + text.slice(at)).toLowerCase();
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '/*': '*/', '--': '\n', '#': '\n' };

/** Where what was opened ends; a doubled quote stands for itself. Undefined = nowhere, or dialects disagree. */
function endOf(text: string, open: string, from: number): number | undefined {
  if (open.length > 1 && open.startsWith('[')) return from;
  const close = CLOSING[open] ?? open;
  let end = text.indexOf(close, from);
  while (end !== -1 && close.length === 1 && close !== '\n' && text.charAt(end + 1) === close) {
    end = text.indexOf(close, end + 2);
  }
  if (end === -1) return close === '\n' ? text.length : undefined;
  return isEndDisputed(open, text.slice(from, end)) ? undefined : end + close.length;
}

/** A backslash keeps a quote from ending a text, comments stand in comments, and a comment is carried out: in some. */
function isEndDisputed(open: string, within: string): boolean {
  if (open === '/*') return /^[!+]/.test(within) || within.includes('/*');
  return (open === "'" || open === '"') && within.includes('\\');
}

function standIn(open: string, whole: string, after: string): string {
  if (open === "'" || open.startsWith('$')) return "''";
  if (open === '--' || open === '#' || open === '/*') return '';
  return /^\s*\(/.test(after) ? whole.slice(1, -1) : 'x';
}
