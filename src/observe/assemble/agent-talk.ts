import { ROLES, type Role, type SpanRow } from './span-row.ts';

/** Whoever calls a model from inside one of these speaks to it in the place of the user. */
const SPEAKERS: ReadonlySet<Role> = new Set([ROLES.agent, ROLES.tool, ROLES.mcpTool]);
const ROOT = -1;

/**
 * Positions of model calls whose user is the workload itself: they were made further inside agents and tools than the
 * calls that heard the user, so that what they were asked is what another agent wrote. Linear in the number of spans;
 * spans on a circle are inside nothing. `parents` are positions in `rows`, -1 = none.
 */
export function heardFromAgents(rows: readonly SpanRow[], parents: readonly number[]): ReadonlySet<number> {
  const hearing = positionsWhere(rows, ({ model }) => model?.extra?.heard !== undefined);
  if (hearing.length === 0) return new Set();
  const depths = depthsOf(rows, parents);
  const depthOf = (position: number) => depths[position] ?? 0;
  const user = hearing.reduce((least, position) => Math.min(least, depthOf(position)), Number.POSITIVE_INFINITY);
  return new Set(positionsWhere(rows, ({ role }) => role === ROLES.model).filter((at) => depthOf(at) > user));
}

function positionsWhere(rows: readonly SpanRow[], holds: (row: SpanRow) => boolean): number[] {
  return [...rows.keys()].filter((position) => {
    const row = rows[position];
    return row !== undefined && holds(row);
  });
}

/** How many speakers enclose each span. */
function depthsOf(rows: readonly SpanRow[], parents: readonly number[]): readonly number[] {
  const depths: (number | undefined)[] = rows.map(() => undefined);
  for (const start of rows.keys()) {
    const path: number[] = [];
    for (let at = start; at !== ROOT && depths[at] === undefined; at = parents[at] ?? ROOT) {
      path.push(at);
      depths[at] = 0; // ends the walk should it come back here
    }
    for (const position of path.reverse()) {
      const above = parents[position] ?? ROOT;
      const role = rows[above]?.role;
      depths[position] = (depths[above] ?? 0) + (role !== undefined && SPEAKERS.has(role) ? 1 : 0);
    }
  }
  return depths.map((depth) => depth ?? 0);
}
