import { logText } from '../outside-text.ts';
import type { ReportTable } from '../report-table.ts';

export type Paint = (text: string) => string;

const GAP = '  ';

/**
 * A table as a grid of aligned columns, the first to the left; `paints` colour the cells of the columns after it.
 * Titles are broken at spaces and after hyphens. Undefined: it is wider than `width` characters.
 */
export function gridLines(
  { columns, rows }: ReportTable,
  paints: readonly Paint[],
  width: number,
): string[] | undefined {
  const titles = columns.map((title) => title.split(/ |(?<=-)/));
  const height = Math.max(...titles.map((words) => words.length));
  const head = Array.from({ length: height }, (_, i) => titles.map((words) => words[words.length - height + i] ?? ''));
  const body = rows.map((row) => row.map(logText));
  const widths = columns.map((_, i) => Math.max(...[...head, ...body].map((cells) => lengthOf(cells[i] ?? ''))));
  if (widths.reduce((sum, cell) => sum + cell + GAP.length, 0) > width) return undefined;
  const line = (cells: readonly string[], paint: readonly Paint[]) => {
    const padded = cells.map((cell, i) => pad(cell, { width: widths[i] ?? 0, isLeft: i === 0 }));
    return `${GAP}${padded.map((cell, i) => paintWords(cell, paint[i - 1])).join(GAP)}`.trimEnd();
  };
  return [...head.map((cells) => line(cells, [])), ...body.map((cells) => line(cells, paints))];
}

function paintWords(cell: string, paint: Paint | undefined): string {
  return paint === undefined || cell.trim() === '' ? cell : paint(cell);
}

function pad(cell: string, { width, isLeft }: { readonly width: number; readonly isLeft: boolean }): string {
  const gap = ' '.repeat(Math.max(0, width - lengthOf(cell)));
  return isLeft ? `${cell}${gap}` : `${gap}${cell}`;
}

function lengthOf(text: string): number {
  return [...text].length;
}
