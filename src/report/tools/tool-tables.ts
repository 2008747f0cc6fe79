import { quantity } from '../../contract/quantity.ts';
import type { ArtifactRef, RunResult } from '../../contract/result.ts';
import type { DefinitionChange } from '../../contract/served/definition-changes.ts';
import type { ToolMatrix, ToolUse } from '../../contract/tool-use.ts';
import { formatNumber } from '../../contract/units.ts';
import { placeText } from '../finding-facts.ts';
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
function offenderTable({ offenders }: ToolMatrix, artifacts: readonly ArtifactRef[]): ReportTable {
  return {
    title: 'Runs that did what they must not',
    columns: ['Run', 'Rule', 'Calls, in order', 'Place'],
    rows: offenders.map(({ run, rule, steps, ref: { artifact, line } }) => {
      const place = placeText({ artifact, line, pointer: '' }, artifacts);
      return [run, rule, steps.join(' → '), place];
    }),
    empty: 'None.',
  };
}

/** What is served otherwise than it was reviewed, member by member. */
function changeTable(changes: readonly DefinitionChange[]): ReportTable {
  return {
    title: `Tool definitions that are not as reviewed${changes.length > MOST_ROWS ? `, the first ${MOST_ROWS} of ${formatNumber(changes.length)}` : ''}`,
    columns: ['Definition', 'Member', 'Reviewed', 'Served', 'Newly possible'],
    rows: changes
      .slice(0, MOST_ROWS)
      .map(({ subject, field, locked, served, gains }) => [
        subject,
        field,
        locked ?? '(absent)',
        served ?? '(absent)',
        gains.join('; '),
      ]),
    empty: 'None.',
  };
}

/** The tables where there is something to say; [] without declared tools and changed definitions. */
export function toolTables({
  authority,
  definitionChanges,
  artifacts,
}: Pick<RunResult, 'authority' | 'definitionChanges' | 'artifacts'>): readonly ReportTable[] {
  const ofAuthority = authority === null ? [] : [authorityTable(authority), offenderTable(authority, artifacts)];
  return [...ofAuthority, changeTable(definitionChanges ?? [])].filter(({ rows }) => rows.length > 0);
}
