import { CODE_RULES } from '../../src/contract/code-rules.ts';
import type { CodeFinding, CodeScan } from '../../src/contract/inspection.ts';
import { showName } from '../../src/contract/name-counts.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatNumber } from '../../src/contract/units.ts';

/** How many places are cited and named, of every rule in turn. */
const MOST_PLACES = 10;

/** Findings of all rules of a family. */
export function countOf({ counts }: CodeScan, family: keyof typeof CODE_RULES): number {
  return CODE_RULES[family].reduce((sum, rule) => sum + (counts[rule] ?? 0), 0);
}

/** Some places that tie the code to a provider. Findings are in order of their files, so each rule is asked in turn. */
export function placesOf({ findings }: CodeScan): CodeFinding[] {
  const byRule = CODE_RULES['lock-in'].map((rule) => findings.filter((finding) => finding.rule === rule));
  const rounds = Array.from({ length: MOST_PLACES }, (_, round) => byRule.flatMap((list) => list[round] ?? []));
  return rounds.flat().slice(0, MOST_PLACES);
}

/** What was found where, in which files, and what was not looked into. */
export function describeScan(scan: CodeScan, files: number): string {
  const places = placesOf(scan).map(describePlace).join(', ');
  const parts = [
    `${findingsText(scan, 'lock-in')} in ${quantity(files, 'file')} (${languagesOf(scan)})`,
    places,
    findingsText(scan, 'hygiene'),
    findingsText(scan, 'inventory'),
    describeUnscanned(scan),
    scan.unread.length > 0 ? `not read: ${describeUnread(scan.unread)}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** `4 lock-in findings: model-id (3), region-literal (1)`, most first. */
function findingsText(scan: CodeScan, family: keyof typeof CODE_RULES): string {
  const occurring = CODE_RULES[family]
    .map((rule) => ({ rule, count: scan.counts[rule] ?? 0 }))
    .filter(({ count }) => count > 0);
  const texts = occurring
    .toSorted((a, b) => b.count - a.count)
    .map(({ rule, count }) => `${rule} (${formatNumber(count)})`);
  const total = quantity(countOf(scan, family), `${family} finding`);
  return texts.length === 0 ? total : `${total}: ${texts.join(', ')}`;
}

function languagesOf({ files }: CodeScan): string {
  const names = Object.entries(files).map(([language, count]) => `${showName(language)} ${formatNumber(count)}`);
  return names.length === 0 ? 'no known language' : names.toSorted().join(', ');
}

/** `not looked into: go (3)`, or nothing. */
function describeUnscanned({ unscanned }: CodeScan): string {
  const names = Object.entries(unscanned).map(([language, count]) => `${showName(language)} (${formatNumber(count)})`);
  return names.length === 0 ? '' : `not looked into: ${names.toSorted().join(', ')}`;
}

function describePlace({ path, line, found }: CodeFinding): string {
  return `${showName(path)}:${line} ${showName(found)}`;
}

function describeUnread(unread: readonly string[]): string {
  const rest = unread.length > MOST_PLACES ? ` and ${formatNumber(unread.length - MOST_PLACES)} more` : '';
  return `${unread.slice(0, MOST_PLACES).map(showName).join(', ')}${rest}`;
}
