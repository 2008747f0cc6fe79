import type { ReportTable } from '../report-table.ts';
import { html, type Safe } from './html.ts';

/** The table as a section with a heading and the number of its rows. */
export function htmlTable({ title, columns, rows, empty }: ReportTable): Safe {
  if (rows.length === 0) return html`<section><h2>${title}</h2><p class="none">${empty}</p></section>`;
  return html`<section><h2>${title} <span class="count">${rows.length}</span></h2>
<div class="scroll"><table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div></section>`;
}
