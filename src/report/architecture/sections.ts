import type { ArchitectureView, ViewEdge, ViewNode } from '../../contract/architecture-view.ts';
import type { ReportTable } from '../report-table.ts';

/** Everything the review says, as tables in the order of reading. */
export function reviewTables(view: ArchitectureView): ReportTable[] {
  return [authority(view), zones(view), flows(view), singlePoints(view), questions(view)];
}

function authority({ authority: list }: ArchitectureView): ReportTable {
  const rows = list === undefined || list === 'none' ? [] : list;
  return {
    title: 'Authority: what it may do, and in whose name',
    columns: ['Tool', 'Effect', 'Approval', 'Acts as', 'Line'],
    rows: rows.map(({ tool, effect, approval, principal, line }) => [
      tool,
      effect,
      approval,
      principal ?? 'not declared',
      String(line),
    ]),
    empty: list === 'none' ? 'It is declared to have no tools.' : 'No tools are declared: what it may do is not known.',
  };
}

function zones({ nodes }: ArchitectureView): ReportTable {
  const order = [...new Set(nodes.map(({ zone }) => zone))];
  return {
    title: 'Trust zones',
    columns: ['Zone', 'Part', 'Kind', 'Details'],
    rows: order.flatMap((zone) =>
      nodes
        .filter((node) => node.zone === zone)
        .map(({ label, kind, details }) => [zone, label, kind, details.join(', ')]),
    ),
    empty: 'Nothing is declared.',
  };
}

function flows({ nodes, edges }: ArchitectureView): ReportTable {
  return {
    title: 'Data that crosses a trust boundary',
    columns: ['From', 'To', 'Carries', 'Into'],
    rows: edges.filter(({ isBoundary }) => isBoundary).map((edge) => flowRow(edge, nodes)),
    empty: 'No declared flow leaves its zone.',
  };
}

function flowRow({ from, to, carries, isFallback }: ViewEdge, nodes: readonly ViewNode[]): string[] {
  const node = (id: string) => nodes.find((candidate) => candidate.id === id);
  const when = isFallback ? ', only when another fails' : '';
  return [node(from)?.label ?? from, node(to)?.label ?? to, `${carries}${when}`, node(to)?.zone ?? ''];
}

function singlePoints({ singlePoints: points }: ArchitectureView): ReportTable {
  return {
    title: 'Single points of failure',
    columns: ['What', 'State', 'Why', 'Line'],
    rows: points.map(({ subject, reason, isCertain, line }) => [
      subject,
      isCertain ? 'certain' : 'open',
      reason,
      String(line),
    ]),
    empty: 'None is declared; recorded failures must still show that the fallbacks answer.',
  };
}

function questions({ questions: open }: ArchitectureView): ReportTable {
  return {
    title: 'Open questions',
    columns: ['Question', 'To answer it', 'Line'],
    rows: open.map(({ question, answer, line }) => [question, answer, String(line)]),
    empty: 'The declarations leave nothing open.',
  };
}
