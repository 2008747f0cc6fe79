import { z } from 'zod';
import { jsonValue } from '../../contract/json-value.ts';
import { WIRE_APIS } from '../wire/wire-api.ts';

const frame = z.tuple([z.number().min(0), z.string()]).readonly();

const entry = z
  .strictObject({
    v: z.literal(1),
    run: z.string(),
    seq: z.int().min(0),
    api: z.enum([...WIRE_APIS, 'openai.embeddings']),
    provider: z.string(),
    /** It was a script that answered. Absent: a provider did, or the cassette is older than this mark. */
    simulated: z.literal(true).optional(),
    req: z
      .strictObject({
        method: z.literal('POST'),
        path: z.string(),
        headers: z.record(z.string(), z.string()).readonly(),
        body: z.unknown(),
        hash: z.string().regex(/^[0-9a-f]{64}$/),
      })
      .readonly(),
    res: z
      .strictObject({
        status: z.int().min(200).max(599),
        headers: z.record(z.string(), z.string()).readonly(),
        frames: z.array(frame).readonly(),
        end: z.enum(['clean', 'reset']),
      })
      .readonly(),
  })
  .readonly();

/**
 * One recorded request and its answer, redacted. `req.path` has no query, headers are those of an allow-list, `req.hash`
 * is its `matchKey`, and a frame is ms after the one before it and its text.
 */
export type CassetteEntry = z.infer<typeof entry>;

export interface Cassette {
  readonly entries: readonly CassetteEntry[];
  /** Lines that are no entry, from 1; none of them may be passed over in silence. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** One line of a `*.aigate.jsonl` file, with its line break. */
export function cassetteLine(recorded: CassetteEntry): string {
  return `${JSON.stringify(recorded)}\n`;
}

/** Reads a cassette; empty lines are allowed. */
export function parseCassette(text: string): Cassette {
  const entries: CassetteEntry[] = [];
  const problems: { line: number; message: string }[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const parsed = entry.safeParse(jsonValue(line));
    if (parsed.success) entries.push(parsed.data);
    else problems.push({ line: index + 1, message: messageOf(parsed.error) });
  }
  return { entries, problems };
}

/** Places and rules only: the values of a broken line were perhaps never redacted. */
function messageOf({ issues }: z.ZodError): string {
  return issues.map(({ path, code }) => `${path.map(String).join('.') || 'the line'}: ${code}`).join('; ');
}
