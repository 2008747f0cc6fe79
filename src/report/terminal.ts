import type { RunResult } from '../contract/result.ts';
import { drillSection } from './drills/terminal.ts';
import { missingForAdvice } from './finding-groups.ts';
import type { ReportTable } from './report-table.ts';
import { DEMO_NOTICE, verdictLine } from './signs.ts';
import { cardLines } from './terminal/card-lines.ts';
import { advisoryLines, failureLines, gateLines, missingLines } from './terminal/finding-lines.ts';
import { provenanceLines } from './terminal/provenance-lines.ts';
import { CONTINUES, createScreen, type Screen, section, wrap } from './terminal/screen.ts';
import { tableLines } from './terminal/table-lines.ts';
import { toolSection } from './tools/terminal.ts';
import { worstRuns } from './worst-runs.ts';

/** The whole result for a terminal or a log; `width` in characters. A reader needs no other file to act on it. */
export function renderTerminal(
  result: RunResult,
  options: { readonly color: boolean; readonly width: number },
): string {
  const screen = createScreen(options);
  const demo = result.plan.workload.isDemo ? wrap('', DEMO_NOTICE, screen.width).map(screen.outcome.inconclusive) : [];
  const verdict = wrap('  ', verdictLine(result), screen.width).map(screen.outcome[result.decision]);
  const lines = [
    ...demo,
    ...cardLines(result.card, screen),
    ...gateLines(result, screen),
    ...toolSection(result, screen),
    ...failureLines(result, screen),
    ...drillSection(result.drills, screen),
    ...tableIfAny(worstRuns(result), screen),
    ...missingLines(result, screen),
    ...tableIfAny(missingForAdvice(result.findings), screen),
    ...advisoryLines(result, screen),
    ...provenanceLines(result, screen),
    ...section('Decision', [verdict], screen),
    ...demo,
  ];
  return `${lines.map(disarm).join('\n')}\n`;
}

function tableIfAny(table: ReportTable, screen: Screen): string[] {
  return table.rows.length === 0 ? [] : tableLines(table, screen);
}

/** CI services obey `::command::` at the start of a line, whatever spaces precede it. */
function disarm(line: string): string {
  return line.trimStart().startsWith('::') ? `${CONTINUES}${line}` : line;
}
