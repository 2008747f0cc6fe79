import { z } from 'zod';
import { AigateError } from '../../contract/errors.ts';
import { canonicalJson, isNestedDeeper, type Json } from '../../contract/json.ts';
import { showName } from '../../contract/name-counts.ts';
import { MOST_LEVELS, type ServedTool, type ToolLock } from '../../contract/served/served-tools.ts';
import { defineTool, hashOfServer } from './define-server.ts';

/** Kept as it is: a schema for records would drop a member called `__proto__`. */
const digests = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((digest) => typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest)),
  'digests by name',
);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');

const tool = z.strictObject({
  name: z.string().min(1),
  hash: sha256,
  fields: digests,
  definition: z.custom<ServedTool>((value) => typeof value === 'object' && value !== null && 'name' in value),
});

const server = z.strictObject({
  protocol: z.string(),
  clientCapabilities: z.array(z.string()),
  serverName: z.string().optional(),
  serverVersion: z.string().optional(),
  instructions: z.string().optional(),
  hash: sha256,
  tools: z.array(tool),
});

const lockSchema = z.strictObject({
  lockVersion: z.literal(1),
  servers: z.record(z.string(), server),
  files: digests,
});

/** From the root of a lock down to a definition: servers, one of them, tools, one of them. */
const LEVELS_ABOVE = 5;
const REWRITE = 'Write it again with aigate tools lock, and review what changes in it.';

/** Reads a lock and checks each digest in it. @throws AigateError LOCK_INVALID */
export function parseLock(text: string, path: string): ToolLock {
  const value = jsonOf(text, path);
  if (isNestedDeeper(value, LEVELS_ABOVE + MOST_LEVELS)) {
    throw new AigateError('LOCK_INVALID', `${path} is nested deeper than any lock`, { hint: REWRITE });
  }
  const parsed = lockSchema.safeParse(value);
  const [issue] = parsed.error?.issues ?? [];
  if (!parsed.success) {
    const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.map(String).join('.')}`;
    throw new AigateError('LOCK_INVALID', `${path}${place}: ${issue?.message ?? 'it is no lock'}`, { hint: REWRITE });
  }
  const changed = changedByHand(parsed.data);
  if (changed === undefined) return parsed.data;
  const message = `${path}: ${changed} does not have the digest that stands beside it: it was changed by hand`;
  throw new AigateError('LOCK_INVALID', message, { hint: REWRITE });
}

/** Deterministic text of a lock, laid out so that a changed word is a changed line. */
export function lockText(lock: ToolLock): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(lock)), null, 2)}\n`;
}

function jsonOf(text: string, path: string): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AigateError('LOCK_INVALID', `${path} is no JSON: ${reason}`, { hint: REWRITE, cause });
  }
}

/** What somebody edited without its digest; a reviewer would read other words than those that were locked. */
function changedByHand({ servers }: ToolLock): string | undefined {
  for (const [name, { hash, instructions, tools }] of Object.entries(servers)) {
    const edited = tools.find((tool) => canonicalJson(tool) !== canonicalJson(defineTool(tool.definition)));
    if (edited !== undefined) return `${showName(name)}/${showName(edited.name)}`;
    if (hash !== hashOfServer(instructions, tools)) return showName(name);
  }
  return undefined;
}
