import { type Finding, isFailing } from '../contract/finding.ts';
import { quantity } from '../contract/quantity.ts';
import type { ReportTable } from './report-table.ts';

/** Findings that stop a release until something changes: failing or thrown, not advisory. */
export function mustChange(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.severity === 'blocker' && isFailing(finding));
}

/** Failing findings that are reported only. */
export function failingAdvisories(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.severity === 'advisory' && isFailing(finding));
}

/** Inconclusive findings that lack the same input, with the steps that supply it. */
export interface MissingGroup {
  readonly input: string;
  readonly remedies: readonly string[];
  readonly findings: readonly Finding[];
}

/** What keeps blocking checks open. The largest group first; equal ones in the order of the findings. */
export function groupByMissingInput(findings: readonly Finding[]): MissingGroup[] {
  return allGroups(findings).filter(isBlocking);
}

/** What only checks that are reported would need: said in a line each. */
export function missingForAdvice(findings: readonly Finding[]): ReportTable {
  return {
    title: 'Also not shown, reported only',
    columns: ['Missing', 'Checks', 'Step'],
    rows: allGroups(findings)
      .filter((group) => !isBlocking(group))
      .map(({ input, findings: open, remedies }) => [
        input,
        open.map(({ checkId }) => checkId).join(', '),
        remedies.join(' '),
      ]),
    empty: 'Every check that is only reported could be judged.',
  };
}

function isBlocking({ findings }: MissingGroup): boolean {
  return findings.some(({ severity }) => severity === 'blocker');
}

function allGroups(findings: readonly Finding[]): MissingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.outcome !== 'inconclusive') continue;
    const input = finding.missing?.input ?? 'an input that the check does not name';
    groups.set(input, [...(groups.get(input) ?? []), finding]);
  }
  return [...groups]
    .map(([input, own]) => ({ input, findings: own, remedies: [...new Set(own.flatMap(({ remedy }) => remedy))] }))
    .sort((a, b) => b.findings.length - a.findings.length);
}

/** `14 checks need 2 things`. */
export function neededThings(groups: readonly MissingGroup[]): string {
  const checks = groups.reduce((sum, { findings }) => sum + findings.length, 0);
  return `${quantity(checks, 'check')} ${checks === 1 ? 'needs' : 'need'} ${quantity(groups.length, 'thing')}`;
}
