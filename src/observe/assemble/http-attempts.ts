import { ROLES, type SpanRow } from './span-row.ts';

/** Deeper nesting between a model call and its HTTP requests is none of theirs. */
const MAX_DEPTH = 16;

/**
 * By span id of a model call, how often it was repeated as the HTTP spans below it show: every request beyond the first,
 * and what each says of earlier sends. Calls without such spans are absent: what happened below them is not recorded.
 */
export function httpAttempts(rows: readonly SpanRow[]): ReadonlyMap<string, number> {
  if (!rows.some(({ marks }) => marks?.resends !== undefined)) return NONE;
  const byId = new Map(rows.map((row) => [row.spanId, row]));
  const resends = new Map<string, number>();
  for (const row of rows) {
    if (row.marks?.resends === undefined) continue;
    const call = callAbove(row, byId);
    if (call === undefined) continue;
    const before = resends.get(call);
    resends.set(call, (before === undefined ? 0 : before + 1) + row.marks.resends);
  }
  return resends;
}

const NONE: ReadonlyMap<string, number> = new Map();

/** The nearest model span, the row itself included, with nothing in between that sends requests of its own. */
function callAbove(row: SpanRow, byId: ReadonlyMap<string, SpanRow>): string | undefined {
  let at: SpanRow | undefined = row;
  for (let depth = 0; at !== undefined && depth < MAX_DEPTH; depth++) {
    if (at.role === ROLES.model) return at.spanId;
    if (at.role !== ROLES.other && at.role !== ROLES.noStep) return undefined;
    at = at.parentId === undefined ? undefined : byId.get(at.parentId);
  }
  return undefined;
}
