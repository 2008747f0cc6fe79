import type { DrillMatrix, DrillRow } from '../../contract/drill-matrix.ts';
import { html, type Safe } from '../html/html.ts';
import { htmlTable } from '../html/table-section.ts';
import {
  countText,
  drillLines,
  FIGURES,
  matrixTable,
  OUTCOME_TONES,
  occurring,
  outcomeName,
  viewTable,
} from './drill-tables.ts';

/** Fault × outcome as a table whose counts are tinted, and what users would have seen; nothing where none were made. */
export function drillSection(matrix: DrillMatrix | null): Safe {
  if (matrix === null) return html``;
  const outcomes = occurring(matrix);
  return html`<section id="drills" aria-labelledby="drills-title">
<h2 id="drills-title">${matrixTable(matrix).title}</h2>
${drillLines(matrix).map((line) => html`<p class="drilled">${line}</p>`)}
<div class="scroll" role="region" aria-labelledby="drills-title" tabindex="0"><table class="matrix">
<thead><tr><th scope="col">Fault</th>${outcomes.map((outcome) => html`<th scope="col" class="outcome">${outcomeName(outcome)}</th>`)}${FIGURES.map(({ title }) => html`<th scope="col" class="number">${title}</th>`)}</tr></thead>
<tbody>${matrix.rows.map((row) => matrixRow(row, outcomes))}</tbody>
</table></div>
</section>
<div class="views">${htmlTable(viewTable(matrix))}</div>`;
}

function matrixRow(row: DrillRow, outcomes: ReturnType<typeof occurring>): Safe {
  return html`<tr><th scope="row"><code>${row.fault}</code>${row.schedule === null ? '' : html` <span class="detail">${row.schedule}</span>`}</th>${outcomes.map(
    (outcome) => {
      const count = row.outcomes[outcome];
      return count === 0
        ? html`<td class="outcome"></td>`
        : html`<td class="outcome ${OUTCOME_TONES[outcome]}"><b>${countText(count)}</b></td>`;
    },
  )}${FIGURES.map(({ text }) => html`<td class="number">${text(row)}</td>`)}</tr>`;
}
