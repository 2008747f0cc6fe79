import type { ReportTable } from '../report-table.ts';
import { type Screen, section, wrap } from './screen.ts';

/** Every row as a sentence under the title: cells are too long for columns of a terminal. */
export function tableLines({ title, columns, rows, empty }: ReportTable, screen: Screen): string[] {
  if (rows.length === 0) return section(title, [wrap('  ', empty, screen.width)], screen);
  const line = ([first = '', ...rest]: readonly string[]) => {
    const facts = rest.flatMap((cell, i) => (cell === '' ? [] : [`${(columns[i + 1] ?? '').toLowerCase()} ${cell}`]));
    return wrap('  - ', [first, ...facts].join('; '), screen.width);
  };
  return section(title, [rows.flatMap(line)], screen);
}
