import type { DrillMatrix } from '../contract/drill-matrix.ts';
import type { Finding } from '../contract/finding.ts';
import { quantity } from '../contract/quantity.ts';
import type { RunResult } from '../contract/result.ts';
import { drillLines, matrixTable, viewTable } from './drills/drill-tables.ts';
import { factsOf, placeText, retestCommand } from './finding-facts.ts';
import {
  failingAdvisories,
  groupByMissingInput,
  missingForAdvice,
  mustChange,
  neededThings,
} from './finding-groups.ts';
import { gateSummary } from './gate-summary.ts';
import { cell, code, prose } from './markdown-code.ts';
import { markdownTable } from './markdown-table.ts';
import { policyLine, populationLine, sourceLine } from './provenance.ts';
import type { ReportTable } from './report-table.ts';
import { DEMO_NOTICE, SIGNS, verdictLine } from './signs.ts';
import { toolTables } from './tools/tool-tables.ts';
import { worstRuns } from './worst-runs.ts';

/** GitHub drops a whole job summary above 1 MiB; what does not fit below this is counted instead. */
const LONGEST_BYTES = 900_000;

/** For job summaries and comments on pull requests: GitHub Markdown in which all outside text is code. */
export function renderMarkdown(result: RunResult): string {
  return capped([
    head(result),
    ...blocks(`What must change (${mustChange(result.findings).length})`, mustChange(result.findings), result),
    ...toolTables(result).flatMap(tableIfAny),
    ...drilled(result.drills),
    ...tableIfAny(worstRuns(result)),
    ...missing(result.findings),
    ...tableIfAny(missingForAdvice(result.findings)),
    ...blocks('Advisories, reported only', failingAdvisories(result.findings), result),
    ...provenance(result),
  ]);
}

function drilled(matrix: DrillMatrix | null): string[] {
  if (matrix === null) return [];
  const notes = drillLines(matrix).map((line) => `- ${cell(line)}\n`);
  return [...tableIfAny(matrixTable(matrix)), ...notes, ...tableIfAny(viewTable(matrix))];
}

function tableIfAny(table: ReportTable): string[] {
  return table.rows.length === 0 ? [] : [`${markdownTable(table).join('\n')}\n`];
}

/** As many parts as fit, and how many did not. */
function capped(parts: readonly string[]): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  const kept = parts.findIndex((part) => {
    bytes += encoder.encode(part).length;
    return bytes > LONGEST_BYTES;
  });
  if (kept === -1) return parts.join('');
  const more = quantity(parts.length - kept, 'more entry', 'more entries');
  return `${parts.slice(0, kept).join('')}\n${more} in the full report of the evidence bundle.\n`;
}

function head(result: RunResult): string {
  const { card, decision, gates, findings, plan } = result;
  const { symbol, word } = SIGNS[decision];
  const demo = plan.workload.isDemo ? ['', `**${DEMO_NOTICE}**`] : [];
  return lines([
    `## ${symbol} AI Production Readiness: ${word}${plan.workload.isDemo ? ' (DEMO)' : ''}`,
    ...demo,
    '',
    `**Decision:** ${prose(card.decision)}`,
    '',
    `**${verdictLine(result)}**`,
    '',
    ...table(
      ['', ''],
      card.rows.map(({ label, value }) => [cell(label), cell(value)]),
    ),
    '',
    '### Gates',
    '',
    ...table(
      ['Gate', 'Outcome', 'Checks'],
      gates.map((gate) => [gate.id, sign(gate.outcome), cell(gateSummary(gate, findings))]),
    ),
  ]);
}

function blocks(title: string, findings: readonly Finding[], result: RunResult): string[] {
  if (findings.length === 0) return [];
  return [`\n### ${title}\n`, ...findings.map((finding) => block(finding, result))];
}

function block(finding: Finding, result: RunResult): string {
  return lines([
    '',
    `**${sign(finding.outcome)}** ${code(finding.checkId)} ${prose(finding.title)}`,
    '',
    `- ${code(finding.message)}`,
    ...factsOf(finding, result).map(({ label, text }) => `- ${label}: ${code(text)}`),
    ...finding.evidence.map((ref) => `- Seen at: ${code(placeText(ref, result.artifacts))}`),
    ...finding.remedy.map((step, i) => `- Step ${i + 1}: ${code(step)}`),
    `- Re-test: ${code(retestCommand(result))}`,
  ]);
}

function missing(findings: readonly Finding[]): string[] {
  const groups = groupByMissingInput(findings);
  if (groups.length === 0) return [];
  return [
    `\n### Not shown: ${neededThings(groups)}\n`,
    ...groups.flatMap((group) => [
      `\n**Missing** ${code(group.input)}\n\n`,
      ...group.remedies.map((remedy) => `- Step: ${code(remedy)}\n`),
      ...group.findings.map(({ checkId, message }) => `- Keeps open: ${code(checkId)} ${code(message)}\n`),
    ]),
  ];
}

function provenance(result: RunResult): string[] {
  const { population, plan, tool, evaluatedAt } = result;
  return [
    '\n### What this rests on\n\n',
    `- Runs: ${code(populationLine(result))}\n`,
    ...population.sources.map((source) => `- Recording: ${code(sourceLine(source))}\n`),
    `- Policy: ${code(policyLine(plan))}\n`,
    `- Evaluated: ${code(`${evaluatedAt} by aigate ${tool.version}`)}\n`,
  ];
}

function sign(outcome: Finding['outcome']): string {
  return `${SIGNS[outcome].symbol} ${SIGNS[outcome].word}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(header), row(header.map(() => '---')), ...rows.map(row)];
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`;
}
