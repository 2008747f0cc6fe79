import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** Lengths of one model call, as traces of production services publish them. */
export interface LengthRecord {
  readonly input: number;
  readonly output: number;
  /** What it belongs to; undefined = the trace does not say. */
  readonly run: string | undefined;
  /** Hashes of the blocks of its prompt, from the beginning; undefined = not recorded. */
  readonly blocks: readonly number[] | undefined;
}

/** Columns to read; undefined = the usual names are tried. */
export interface Columns {
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly run: string | undefined;
}

const USUAL = {
  input: ['input_tokens', 'input_length', 'ContextTokens', 'prompt_tokens', 'Request tokens', 'input'],
  output: ['output_tokens', 'output_length', 'GeneratedTokens', 'completion_tokens', 'Response tokens', 'output'],
  run: ['run', 'run_id', 'session_id', 'conversation_id', 'Session ID', 'trace_id'],
};

/**
 * Reads a CSV file with a header, or JSON lines, plain or gzip.
 * @throws RangeError with the line for a record without two lengths, and for a file without records
 */
export async function readLengths(path: string, columns: Columns): Promise<readonly LengthRecord[]> {
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const calls: LengthRecord[] = [];
  let header: readonly string[] | undefined;
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    if (text.startsWith('{')) calls.push(toLengths(recordOf(JSON.parse(text)), columns, line));
    else if (header === undefined) header = cells(text);
    else calls.push(toLengths(new Map(header.map((name, i) => [name, cells(text)[i]])), columns, line));
  }
  if (calls.length === 0) throw new RangeError(`${path} holds no records`);
  return calls;
}

function recordOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value));
}

function toLengths(record: ReadonlyMap<string, unknown>, columns: Columns, line: number): LengthRecord {
  const find = (name: keyof Columns) => {
    const column = [columns[name], ...USUAL[name]].find((key) => key !== undefined && record.has(key));
    return column === undefined ? undefined : record.get(column);
  };
  const count = (name: 'input' | 'output') => {
    const value = Number(find(name) ?? Number.NaN);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new RangeError(`line ${line}: no ${name} length; name its column with --${name}`);
  };
  const [run, blocks] = [find('run'), record.get('hash_ids')];
  return {
    input: count('input'),
    output: count('output'),
    run: run === undefined || run === '' ? undefined : String(run),
    blocks: Array.isArray(blocks) ? blocks.map(Number) : undefined,
  };
}

/** Cells of a CSV line, with quotes as RFC 4180 has them; a cell may not hold a line break. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'),
  );
}
