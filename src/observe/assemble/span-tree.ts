import { heardFromAgents } from './agent-talk.ts';
import { callsWithin, mayRestate } from './nested-calls.ts';
import { ROLES, type SpanRow } from './span-row.ts';

/** How the spans of one trace hang together. */
export interface SpanTree {
  /**
   * Positions of spans that restate what another span of the run says better, so that counting both would count one
   * call twice.
   */
  readonly restating: ReadonlySet<number>;
  /** Positions of model calls whose user is another agent of the run. */
  readonly heardFromAgents: ReadonlySet<number>;
  /** Parent links lead back to where they started: nothing can be said about what encloses what. */
  readonly hasCycle: boolean;
}

const ROOT = -1;
const UNKNOWN = -2;

/**
 * A model call above other model calls repeats their usage, unless it names a model that none of them names and counts
 * tokens that are not their sum: then it is a call of its own, which had others made while it ran. Of two tool spans of one call id above
 * each other the inner one counts; an MCP call inside the tool span of the same tool is that tool's own work.
 * Linear in the number of spans whatever their shape. `rows` have different span ids.
 */
export function spanTree(rows: readonly SpanRow[]): SpanTree {
  if (isFlat(rows)) return FLAT;
  const restating = new Set<number>();
  const parents = parentsOf(rows);
  addModelsAboveModels(rows, parents, restating);
  addRestatedTools(rows, parents, restating);
  return { restating, heardFromAgents: heardFromAgents(rows, parents), hasCycle: hasCycle(parents) };
}

/** The usual shape: one span that is no step itself encloses all others directly. */
function isFlat(rows: readonly SpanRow[]): boolean {
  const root = rows.find(({ parentId }) => parentId === undefined);
  if (root === undefined || root.model !== undefined || root.tool !== undefined) return false;
  return rows.every((row) => row === root || row.parentId === root.spanId);
}

const FLAT: SpanTree = { restating: new Set(), heardFromAgents: new Set(), hasCycle: false };

function parentsOf(rows: readonly SpanRow[]): number[] {
  const positions = new Map<string, number>();
  for (let i = 0; i < rows.length; i++) positions.set(rows[i]?.spanId ?? '', i);
  return rows.map(({ parentId }) => (parentId === undefined ? ROOT : (positions.get(parentId) ?? ROOT)));
}

function addModelsAboveModels(rows: readonly SpanRow[], parents: readonly number[], restating: Set<number>): void {
  const isAbove = rows.map(() => false);
  const above: number[] = [];
  for (const [position, { role }] of rows.entries()) {
    if (role !== ROLES.model) continue;
    let at = parents[position] ?? ROOT;
    while (at !== ROOT && isAbove[at] === false) {
      isAbove[at] = true;
      if (rows[at]?.role === ROLES.model) above.push(at);
      at = parents[at] ?? ROOT;
    }
  }
  if (above.length === 0) return;
  const within = callsWithin(rows, parents, isAbove);
  for (const position of above) {
    const [row, calls] = [rows[position], within[position]];
    if (row !== undefined && calls !== undefined && mayRestate(row, calls)) restating.add(position);
  }
}

function addRestatedTools(rows: readonly SpanRow[], parents: readonly number[], restating: Set<number>): void {
  const enclosing = enclosingSpans(rows, parents);
  for (const [position, inner] of rows.entries()) {
    const above = enclosing[position] ?? ROOT;
    const outer = rows[above];
    if (outer === undefined || !isTool(inner) || !isTool(outer)) continue;
    const isSameCall = inner.tool?.callId !== undefined && inner.tool.callId === outer.tool?.callId;
    if (inner.role === ROLES.mcpTool && (isSameCall || mayBeSameTool(inner, outer))) restating.add(position);
    else if (isSameCall) restating.add(above);
  }
}

/** By position: the nearest span above that is a step or encloses steps. */
function enclosingSpans(rows: readonly SpanRow[], parents: readonly number[]): number[] {
  const enclosing: number[] = rows.map(() => UNKNOWN);
  for (let start = 0; start < rows.length; start++) {
    const path: number[] = [];
    let at = start;
    let found = enclosing[at] ?? ROOT;
    while (found === UNKNOWN) {
      path.push(at);
      enclosing[at] = ROOT; // ends the walk should it come back here
      const parent = parents[at] ?? ROOT;
      const role = rows[parent]?.role;
      const isTransparent = role === ROLES.other || role === ROLES.noStep;
      found = isTransparent ? (enclosing[parent] ?? ROOT) : parent;
      at = parent;
    }
    for (const position of path) enclosing[position] = found;
  }
  return enclosing;
}

function hasCycle(parents: readonly number[]): boolean {
  const walkOf = parents.map(() => UNKNOWN);
  for (let start = 0; start < parents.length; start++) {
    let at = start;
    while (at !== ROOT && walkOf[at] === UNKNOWN) {
      walkOf[at] = start;
      at = parents[at] ?? ROOT;
    }
    if (at !== ROOT && walkOf[at] === start) return true;
  }
  return false;
}

function isTool({ role }: SpanRow): boolean {
  return role === ROLES.tool || role === ROLES.mcpTool;
}

function mayBeSameTool({ tool: a }: SpanRow, { tool: b }: SpanRow): boolean {
  return a?.name === undefined || b?.name === undefined || a.name === b.name;
}
