/** Words with which a statement that only reads begins. */
const READING = new Set(['select', 'with', 'values', 'table', 'show', 'describe', 'desc', 'explain']);

/**
 * Words that write, lock, run code or leave the database, wherever they stand outside texts and quoted names. Some
 * harmless statements use one as a name; they are refused too, and a name can be quoted.
 */
const WRITING =
  /(?<![\w$])(?:insert|update|delete|merge|replace|upsert|create|alter|drop|truncate|rename|grant|revoke|into|call|exec|execute|do|copy|load|attach|detach|pragma|vacuum|analyze|lock|set|reset|commit|rollback|begin|refresh|reindex|cluster|outfile|dumpfile|load_file|pg_read_file|lo_export|lo_import|xp_cmdshell|dblink|nextval|setval|pg_sleep|sleep|benchmark)(?![\w$])/;

/**
 * Whether a text is one SQL statement that only reads. Judged without a grammar, so that it holds for every dialect: what
 * is not plainly a reading statement is not one. What a function does on the server cannot be seen.
 */
export function isReadOnlySql(text: string): boolean {
  const bare = bareSql(text);
  if (bare === undefined) return false;
  const statement = bare.trim().replace(/;\s*$/, '');
  if (statement.includes(';')) return false;
  const [first = ''] = /^[\s(]*([a-z]+)/.exec(statement)?.slice(1) ?? [];
  return READING.has(first) && !WRITING.test(statement);
}

/**
 * The text in lower case without texts, quoted names and comments; undefined where one of them has no end. A comment that
 * some servers execute is no comment here.
 */
function bareSql(text: string): string | undefined {
  let bare = '';
  let at = 0;
  const next = /'|"|`|\[|--|#|\/\*|\$(?:[A-Za-z_]\w*)?\$/g;
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    bare += `${text.slice(at, match.index)} `;
    const open = match[0];
    if (open === '/*' && /^\/\*[!+]/.test(text.slice(match.index, match.index + 3))) return undefined;
    const end = endOf(text, open, next.lastIndex);
    if (end === undefined) return undefined;
    if (open === "'" || open.startsWith('$')) bare += "''";
    else if (open !== '--' && open !== '#' && open !== '/*') bare += ' x ';
    at = end;
    next.lastIndex = end;
  }
  return (bare + text.slice(at)).toLowerCase();
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '/*': '*/', '--': '\n', '#': '\n' };

/** Where what was opened ends; a doubled quote stands for itself, a backslash ends the reading: dialects disagree on it. */
function endOf(text: string, open: string, from: number): number | undefined {
  const close = CLOSING[open] ?? open;
  let end = text.indexOf(close, from);
  while (end !== -1 && close.length === 1 && close !== '\n' && text.charAt(end + 1) === close) {
    end = text.indexOf(close, end + 2);
  }
  if (end === -1) return close === '\n' ? text.length : undefined;
  if (open === "'" && text.slice(from, end).includes('\\')) return undefined;
  return end + close.length;
}
