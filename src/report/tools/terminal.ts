import type { RunResult } from '../../contract/result.ts';
import { gridLines } from '../terminal/grid-lines.ts';
import { type Screen, section } from '../terminal/screen.ts';
import { tableLines } from '../terminal/table-lines.ts';
import { toolTables } from './tool-tables.ts';

/** The authority matrix as a grid where it fits, else as sentences, and the runs that broke it. */
export function toolSection(
  result: Pick<RunResult, 'authority' | 'definitionChanges' | 'artifacts'>,
  screen: Screen,
): string[] {
  const tables = toolTables(result);
  return tables.flatMap((table, index) => {
    const grid = index === 0 && result.authority !== null ? gridLines(table, [], screen.width) : undefined;
    return grid === undefined ? tableLines(table, screen) : section(table.title, [grid], screen);
  });
}
