import type { DrillMatrix } from '../../contract/drill-matrix.ts';
import type { ReportTable } from '../report-table.ts';
import { gridLines, type Paint } from '../terminal/grid-lines.ts';
import { type Screen, section, wrap } from '../terminal/screen.ts';
import { tableLines } from '../terminal/table-lines.ts';
import { drillLines, FIGURES, matrixTable, OUTCOME_TONES, occurring, viewTable } from './drill-tables.ts';

/** The drills as a grid, in two where one is too wide, else as sentences; nothing where none were made. */
export function drillSection(matrix: DrillMatrix | null, screen: Screen): string[] {
  if (matrix === null) return [];
  const table = matrixTable(matrix);
  const seen = viewTable(matrix);
  const counted = drillLines(matrix).flatMap((line) => wrap('  ', line, screen.width));
  return [
    ...section(table.title, [counted, ...matrixBlocks(table, matrix, screen)], screen),
    ...(seen.rows.length === 0 ? [] : tableLines(seen, screen)),
  ];
}

function matrixBlocks(table: ReportTable, matrix: DrillMatrix, screen: Screen): string[][] {
  const outcomes = occurring(matrix);
  const paints = outcomes.map((outcome): Paint => screen.tone[OUTCOME_TONES[outcome]]);
  const first = columnsOf(table, [0, 1 + outcomes.length]);
  const second = columnsOf(table, [0, 1], [1 + outcomes.length, 1 + outcomes.length + FIGURES.length]);
  const whole = gridLines(table, paints, screen.width);
  const parts =
    whole === undefined ? [gridLines(first, paints, screen.width), gridLines(second, [], screen.width)] : [whole];
  const grids = parts.flatMap((part) => (part === undefined ? [] : [part]));
  // The heading stands above already.
  return grids.length === parts.length ? grids : [tableLines(table, screen).slice(2)];
}

function columnsOf(table: ReportTable, ...ranges: readonly (readonly [from: number, to: number])[]): ReportTable {
  const pick = (cells: readonly string[]) => ranges.flatMap(([from, to]) => cells.slice(from, to));
  return { ...table, columns: pick(table.columns), rows: table.rows.map(pick) };
}
