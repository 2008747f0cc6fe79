import { cell } from './markdown-code.ts';
import type { ReportTable } from './report-table.ts';

/** The table as GitHub Markdown under a heading of the third level. */
export function markdownTable({ title, columns, rows, empty }: ReportTable): string[] {
  const body =
    rows.length === 0
      ? [empty]
      : [
          `| ${columns.join(' | ')} |`,
          `|${columns.map(() => ' --- |').join('')}`,
          ...rows.map((row) => `| ${row.map((text) => (text === '' ? '' : cell(text))).join(' | ')} |`),
        ];
  return ['', `### ${title}`, '', ...body, ''];
}
