import { bareReadings } from './bare-sql.ts';

/** Words with which a statement that only reads begins. */
const READING = new Set(['select', 'with', 'values', 'table', 'show', 'describe', 'desc', 'explain']);

/**
 * Words that write, lock, run code or leave the database, wherever they stand outside texts and quoted names: a statement
 * may hold another one, and some servers need nothing between two. Some harmless statements use one as a name; they are
 * refused too, and a name can be quoted or written behind that of its table.
 */
const WRITING =
  /(?<![\w$])(?<!(?<![\w$])[a-z_$][\w$]*\s*\.\s*)(?:insert|update|delete|merge|replace(?!\s*\()|upsert|create|alter|drop|truncate|rename|grant|revoke|deny|into|call|exec|execute|do|copy|load|bulk|attach|detach|pragma|vacuum|analyze|lock|for\s+(?:no\s+key\s+|key\s+)?share|set|reset|commit|rollback|begin|declare|refresh|reindex|cluster|backup|restore|dbcc|kill|shutdown|reconfigure|waitfor|outfile|dumpfile)(?![\w$])/;

/** Statements that only tell of tables, whatever these are called: `SHOW CREATE TABLE`, and pragmas of SQLite that set nothing. */
const SHOWING =
  /^(?:show\s+create\s+(?:table|view|database|schema|function|procedure|trigger|event)\s+[\w.]+|pragma\s+(?:[a-z_]\w*\.)?(?:(?:table|index|foreign_key|database|function|collation|pragma|module)_(?:x?info|list))\s*(?:\(\s*[\w.']*\s*\))?)$/;

/**
 * Functions that write, wait, run code, or reach files and other servers: those of PostgreSQL, MySQL, SQLite, SQL Server
 * and Oracle that their manuals keep for administrators, and those that run a query handed to them as text.
 */
const WRITING_FUNCTIONS =
  /(?<![\w$])(?:pg_(?:read|ls|stat_file|sleep|terminate|cancel|reload|rotate|switch|create|drop|logical|replication|promote|notify|try_advisory|advisory|file|wal_replay|stat_reset|current_logfile|import|export)\w*|lo_\w+|dblink\w*|(?:query|cursor|table|schema|database)_to_xml\w*|set_config|nextval|setval|load_file|load_extension|readfile|writefile|sys_exec|sys_eval|sleep|benchmark|get_lock|release_lock|release_all_locks|xp_\w+|sp_\w+|openrowset|openquery|opendatasource|(?:utl|dbms)_\w+(?:\.\w+)?)\s*\(/;

/**
 * Whether a text is one SQL statement that only reads, however a server takes what the dialects disagree on. Judged
 * without a grammar, so that it holds for every dialect: what is not plainly a reading statement is not one. What other
 * functions do on the server cannot be seen.
 */
export function isReadOnlySql(text: string): boolean {
  return bareReadings(text)?.every(isReadOnly) ?? false;
}

function isReadOnly(bare: string): boolean {
  const statement = bare.trim().replace(/;\s*$/, '');
  if (statement.includes(';')) return false;
  if (SHOWING.test(statement)) return true;
  const [first = ''] = /^[\s(]*([a-z]+)/.exec(statement)?.slice(1) ?? [];
  return READING.has(first) && !WRITING.test(statement) && !WRITING_FUNCTIONS.test(statement);
}
