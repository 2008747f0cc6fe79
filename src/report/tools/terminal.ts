import type { ToolMatrix } from '../../contract/tool-use.ts';
import { gridLines } from '../terminal/grid-lines.ts';
import { type Screen, section } from '../terminal/screen.ts';
import { tableLines } from '../terminal/table-lines.ts';
import { toolTables } from './tool-tables.ts';

/** The authority matrix as a grid where it fits, else as sentences, and the runs that broke it. */
export function toolSection(matrix: ToolMatrix | null, screen: Screen): string[] {
  const [authority, ...others] = toolTables(matrix);
  if (authority === undefined) return [];
  const grid = gridLines(authority, [], screen.width);
  const first = grid === undefined ? tableLines(authority, screen) : section(authority.title, [grid], screen);
  return [...first, ...others.flatMap((table) => tableLines(table, screen))];
}
