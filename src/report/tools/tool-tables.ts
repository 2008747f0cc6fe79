import { quantity } from '../../contract/quantity.ts';
import type { ToolMatrix, ToolUse } from '../../contract/tool-use.ts';
import { formatNumber } from '../../contract/units.ts';
import type { ReportTable } from '../report-table.ts';

/** Who may do what, and what the recorded calls came to. */
function authorityTable({ rows, runs }: ToolMatrix): ReportTable {
  return {
    title: `Authority in ${quantity(runs, 'run')}`,
    columns: [
      'Tool',
      'Effect',
      'Approval',
      'Calls',
      'Allowed',
      'Needs approval',
      'Denied',
      'Not assessed',
      'Violations',
    ],
    rows: shown(rows).map((row) => [row.tool, row.effect, row.approval, ...countsOf(row)]),
    empty: 'No tool is declared or called.',
  };
}

/** More rows nobody reads; the bundle lists every call. */
const MOST_ROWS = 60;

/** All, in the order of the manifest; where there are too many, those with violations first. */
function shown(rows: readonly ToolUse[]): readonly ToolUse[] {
  if (rows.length <= MOST_ROWS) return rows;
  return rows.toSorted((a, b) => b.violations - a.violations || b.calls - a.calls).slice(0, MOST_ROWS);
}

/** Nothing instead of zeros, so that what occurred stands out; a tool without calls has no rule that was exercised. */
function countsOf({ calls, verdicts, violations }: ToolUse): string[] {
  if (calls === 0) return ['none', '', '', '', '', ''];
  const counts = [verdicts.allow, verdicts['needs-approval'], verdicts.deny, verdicts['not-assessed'], violations];
  return [formatNumber(calls), ...counts.map((count) => (count === 0 ? '' : formatNumber(count)))];
}

/** The first runs with a violation, step by step. */
function offenderTable({ offenders }: ToolMatrix): ReportTable {
  return {
    title: 'Runs that did what they must not',
    columns: ['Run', 'Rule', 'Calls, in order', 'Place'],
    rows: offenders.map(({ run, rule, steps, ref }) => [run, rule, steps.join(' → '), `${ref.artifact}:${ref.line}`]),
    empty: 'None.',
  };
}

/** Both tables where there is something to say; [] without declared tools. */
export function toolTables(matrix: ToolMatrix | null): readonly ReportTable[] {
  if (matrix === null) return [];
  return [authorityTable(matrix), offenderTable(matrix)].filter(({ rows }) => rows.length > 0);
}
