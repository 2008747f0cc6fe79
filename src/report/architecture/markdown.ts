import type { ArchitectureView, NodeKind } from '../../contract/architecture-view.ts';
import { visible } from '../../contract/visible-text.ts';
import { prose } from '../markdown-code.ts';
import { markdownTable } from '../markdown-table.ts';
import { reviewTables } from './sections.ts';

/** The review as GitHub Markdown: the graph as a Mermaid diagram, the rest as tables. */
export function renderReviewMarkdown(view: ArchitectureView): string {
  const { name, owner, lane, autonomy } = view.workload;
  return [
    `## Architecture review: ${prose(name)}`,
    '',
    `Owner ${prose(owner)}, lane ${lane}, ${autonomy}. Declared in ${prose(view.manifest)}; nothing was run.`,
    '',
    ...diagram(view),
    ...reviewTables(view).flatMap(markdownTable),
  ].join('\n');
}

const SHAPES: Readonly<Record<NodeKind, readonly [open: string, close: string]>> = {
  people: ['([', '])'],
  workload: ['[[', ']]'],
  gateway: ['{{', '}}'],
  model: ['[', ']'],
  dependency: ['[(', ')]'],
  knowledge: ['[/', '/]'],
  tools: ['[', ']'],
};

/** Zones are subgraphs; flows that cross a boundary are thick, those of a fallback dotted. */
function diagram({ nodes, edges }: ArchitectureView): string[] {
  const id = (name: string) => name.replace(/\W/g, '_');
  const zones = [...new Set(nodes.map(({ zone }) => zone))];
  const inZone = zones.flatMap((zone, i) => [
    `  subgraph zone_${i} ["${mermaidText(zone)}"]`,
    ...nodes
      .filter((node) => node.zone === zone)
      .map(({ id: name, kind, label }) => `    ${id(name)}${SHAPES[kind][0]}"${mermaidText(label)}"${SHAPES[kind][1]}`),
    '  end',
  ]);
  const arrows = edges.map(({ from, to, carries, isBoundary, isFallback }) => {
    const arrow = isFallback ? '-.->' : isBoundary ? '==>' : '-->';
    return `  ${id(from)} ${arrow}|"${mermaidText(carries)}"| ${id(to)}`;
  });
  return ['```mermaid', 'flowchart LR', ...inZone, ...arrows, '```'];
}

/** Text inside quotes of Mermaid: everything that could end it, or mean anything, is an entity. */
function mermaidText(text: string): string {
  return visible(text).replace(/[^\p{L}\p{N} .,:_/()-]/gu, (character) => `#${character.codePointAt(0)};`);
}
