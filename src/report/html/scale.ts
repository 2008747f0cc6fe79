import type { Finding } from '../../contract/finding.ts';
import { formatMeasurement, type Measurement } from '../../contract/units.ts';
import { html, type Safe } from './html.ts';

const WIDTH = 640;
const MARGIN = 12;
const AXIS = 32;

/**
 * Observed value, limit and estimate on one line, to see how far apart they are. The line starts at zero unless the
 * values lie close together; its ends are labelled. Nothing is drawn where nothing was compared.
 */
export function scale({ measured, limit, estimate, outcome }: Finding): Safe {
  if (measured === null || limit === null || measured.unit !== limit.unit) return html``;
  const values = [measured, limit, ...(estimate?.unit === limit.unit ? [estimate] : [])].map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!values.every(Number.isFinite) || low < 0 || high === low) return html``;
  const [from, to] = rangeOf(low, high);
  const x = (value: number) => Math.round(MARGIN + ((value - from) / (to - from)) * (WIDTH - 2 * MARGIN));
  const [observedX, limitX] = [x(measured.value), x(limit.value)];
  return html`<svg class="scale ${outcome}" viewBox="0 0 ${WIDTH} 66" role="img" aria-label="Observed ${formatMeasurement(measured, limit)} against a limit of ${formatMeasurement(limit, limit)}">
<line class="axis" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${AXIS}" y2="${AXIS}"/>
<line class="gap" x1="${Math.min(observedX, limitX)}" x2="${Math.max(observedX, limitX)}" y1="${AXIS}" y2="${AXIS}"/>
<line class="limit" x1="${limitX}" x2="${limitX}" y1="${AXIS - 11}" y2="${AXIS + 11}"/>
${label(limitX, AXIS - 18, `limit ${formatMeasurement(limit, limit)}`)}
${estimate === null ? '' : html`<circle class="estimate" cx="${x(estimate.value)}" cy="${AXIS}" r="5"/>`}
<circle class="observed" cx="${observedX}" cy="${AXIS}" r="6"/>
${label(observedX, AXIS + 26, `observed ${formatMeasurement(measured, limit)}`)}
</svg>`;
}

/** From zero, or, when the smallest value is above four fifths of the largest, around them. */
function rangeOf(low: number, high: number): readonly [number, number] {
  if (low < 0.8 * high) return [0, high * 1.08];
  const room = (high - low) / 2;
  return [low - room, high + room];
}

function label(x: number, y: number, text: string): Safe {
  const anchor = x < WIDTH / 5 ? 'start' : x > (WIDTH * 4) / 5 ? 'end' : 'middle';
  return html`<text x="${anchor === 'start' ? MARGIN : anchor === 'end' ? WIDTH - MARGIN : x}" y="${y}" text-anchor="${anchor}">${text}</text>`;
}

/** For tables: the value, or a dash with its meaning. */
export function measurementCell(value: Measurement | null, against: Measurement | null): Safe {
  return value === null
    ? html`<td class="number"><span title="nothing was compared">–</span></td>`
    : html`<td class="number">${formatMeasurement(value, against ?? undefined)}</td>`;
}
