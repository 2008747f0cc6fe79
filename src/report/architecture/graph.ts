import type { ArchitectureView, ViewEdge, ViewNode } from '../../contract/architecture-view.ts';
import { html, type Safe } from '../html/html.ts';
import { clip } from '../outside-text.ts';

const BOX = { width: 236, height: 58, gapX: 80, gapY: 22, top: 12 } as const;
/** Characters of a label and of a zone that fit into a box. */
const FITS = { label: 25, zone: 33 } as const;

interface Placed {
  readonly node: ViewNode;
  readonly x: number;
  readonly y: number;
}

/** The graph as a picture; the tables say the same in words. */
export function graphPicture(view: ArchitectureView): Safe {
  const columns = columnsOf(view.nodes);
  const placed = place(columns);
  const width = columns.length * BOX.width + (columns.length - 1) * BOX.gapX;
  const height = Math.max(...placed.map(({ y }) => y)) + BOX.height + BOX.top;
  return html`<figure><svg class="graph" viewBox="0 0 ${width} ${height}" role="img" aria-label="What calls what; the tables below say the same">
${view.edges.map((edge) => curve(edge, placed))}
${placed.map(box)}
</svg><figcaption>Thick: crosses a trust boundary. Dashed: only when another fails.</figcaption></figure>`;
}

/** From left to right: who asks and what is read, the workload, gateways where there are any, what it rests on. */
function columnsOf(nodes: readonly ViewNode[]): (readonly ViewNode[])[] {
  const isBefore = ({ id, kind }: ViewNode) => id !== 'queue' && (kind === 'people' || kind === 'knowledge');
  const [before, workload, gateways] = [
    nodes.filter(isBefore),
    nodes.filter(({ kind }) => kind === 'workload'),
    nodes.filter(({ kind }) => kind === 'gateway'),
  ];
  const placed = new Set([...before, ...workload, ...gateways]);
  const rest = nodes.filter((node) => !placed.has(node));
  return [before, workload, gateways, rest].filter(({ length }) => length > 0);
}

/** Columns are centred on the tallest; gateways stand at the top, before the models, so that nothing runs behind them. */
function place(columns: readonly (readonly ViewNode[])[]): Placed[] {
  const pitch = BOX.height + BOX.gapY;
  const tallest = Math.max(...columns.map(({ length }) => length));
  return columns.flatMap((column, i) =>
    column.map((node, row) => ({
      node,
      x: i * (BOX.width + BOX.gapX),
      y: BOX.top + row * pitch + (node.kind === 'gateway' ? 0 : ((tallest - column.length) * pitch) / 2),
    })),
  );
}

function box({ node: { kind, label, zone, details }, x, y }: Placed): Safe {
  return html`<g class="${kind}"><title>${[label, zone, ...details].join(', ')}</title>
<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"/>
<text class="label" x="${x + 12}" y="${y + 24}">${shorten(label, FITS.label)}</text>
<text class="zone" x="${x + 12}" y="${y + 44}">${shorten(zone, FITS.zone)}</text></g>`;
}

function curve({ from, to, isBoundary, isFallback }: ViewEdge, placed: readonly Placed[]): Safe | '' {
  const [a, b] = [from, to].map((id) => placed.find(({ node }) => node.id === id));
  if (a === undefined || b === undefined) return '';
  const [startX, startY, endX, endY] = [a.x + BOX.width, a.y + BOX.height / 2, b.x, b.y + BOX.height / 2];
  const bend = BOX.gapX / 2;
  const style = [isBoundary ? 'boundary' : '', isFallback ? 'fallback' : ''].join(' ');
  const path = `M${startX} ${startY}C${startX + bend} ${startY} ${endX - bend} ${endY} ${endX} ${endY}`;
  return html`<path class="${style}" d="${path}"/>`;
}

function shorten(text: string, characters: number): string {
  return text.length <= characters ? text : `${clip(text, characters - 1).split(' … ')[0]}…`;
}
