import { ROLES, type SpanRow, type ToolRow } from './span-row.ts';

/** How the spans of one trace hang together. */
export interface SpanTree {
  /**
   * By position: whether the span restates what another span of the run says better, so that counting both would
   * count one call twice.
   */
  readonly restates: readonly boolean[];
  /** Parent links lead back to where they started: nothing can be said about what encloses what. */
  readonly hasCycle: boolean;
}

const ROOT = -1;
const UNKNOWN = -2;

/**
 * A model call above another model call repeats the usage of its descendants. Of two tool spans of one call id above
 * each other the inner one counts; an MCP call inside the tool span of the same tool is that tool's own work.
 * Linear in the number of spans whatever their shape. `rows` have different span ids.
 */
export function spanTree(rows: readonly SpanRow[]): SpanTree {
  const parents = parentsOf(rows);
  const restates = modelsAboveModels(rows, parents);
  const enclosing = enclosingSpans(rows, parents);
  for (const [inner, row] of rows.entries()) {
    const outer = enclosing[inner] ?? ROOT;
    const outerRow = rows[outer];
    if (outerRow === undefined || !isTool(row) || !isTool(outerRow)) continue;
    const isSameCall = callId(row) !== null && callId(row) === callId(outerRow);
    if (row[9] === ROLES.mcpTool && (isSameCall || mayBeSameTool(row, outerRow))) restates[inner] = true;
    else if (isSameCall) restates[outer] = true;
  }
  return { restates, hasCycle: hasCycle(parents) };
}

function parentsOf(rows: readonly SpanRow[]): number[] {
  const positions = new Map<string, number>();
  for (let i = 0; i < rows.length; i++) positions.set(rows[i]?.[4] ?? '', i);
  return rows.map((row) => (row[5] === null ? ROOT : (positions.get(row[5]) ?? ROOT)));
}

function modelsAboveModels(rows: readonly SpanRow[], parents: readonly number[]): boolean[] {
  const isAboveModel: boolean[] = rows.map(() => false);
  for (const [position, row] of rows.entries()) {
    if (row[9] !== ROLES.model) continue;
    let above = parents[position] ?? ROOT;
    while (above !== ROOT && isAboveModel[above] === false) {
      isAboveModel[above] = true;
      above = parents[above] ?? ROOT;
    }
  }
  return rows.map((row, position) => row[9] === ROLES.model && isAboveModel[position] === true);
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
      const role = rows[parent]?.[9];
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

function isTool(row: SpanRow): boolean {
  return row[9] === ROLES.tool || row[9] === ROLES.mcpTool;
}

function toolOf(row: SpanRow): ToolRow | undefined {
  return row[10]?.length === 3 ? row[10] : undefined;
}

function callId(row: SpanRow): string | null {
  return toolOf(row)?.[1] ?? null;
}

function mayBeSameTool(a: SpanRow, b: SpanRow): boolean {
  const [nameA, nameB] = [toolOf(a)?.[0] ?? null, toolOf(b)?.[0] ?? null];
  return nameA === null || nameB === null || nameA === nameB;
}
