import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { CODE_RULES } from '../../../src/contract/code-rules.ts';
import { inspectedRef } from '../../../src/contract/inspected-ref.ts';
import type { CodeFinding, CodeScan } from '../../../src/contract/inspection.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatNumber } from '../../../src/contract/units.ts';

/** How many places are cited and named, of every rule in turn. */
const MOST_PLACES = 10;

export default defineCheck({
  meta: {
    id: 'provider-dependency/lock-in-patterns',
    title: 'The code is not tied to one provider',
    severity: 'advisory',
    why: 'Model ids, addresses, regions and features of one provider that are written into the code make every switch a release, and a switch in an outage impossible.',
    remediation: [
      'Move model ids, addresses, regions and deployment names into configuration.',
      'Call providers from one adapter module, and keep features of a single provider behind it.',
      'Replace state and tools that the provider hosts by your own, or prove with a drill that the fallback does without.',
      'Test again.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-6.1',
      'NIST-AI-RMF:MAP-4.1',
      'NIST-AI-RMF:MANAGE-3.1',
      'ISO-42001:A.10.3',
      'DORA:28(8)',
      'SOC2:CC9.2',
    ],
    kinds: INSPECTED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: {},
  inspects: true,
  limits: {
    findings: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Places in the code that tie it to one provider',
    }),
  },
  evaluate(_, limits, { plan, inspection }): CheckResult {
    const scan = inspection?.scan;
    if (scan === undefined) return undeclared(plan);
    const files = Object.values(scan.files).reduce((sum, count) => sum + count, 0);
    const found = countOf(scan, 'lock-in');
    const compared = {
      measured: { value: found, unit: 'count' },
      limit: { value: limits.findings, unit: 'count' },
      limitName: 'findings',
      n: files,
    } as const;
    const places = placesOf(scan);
    const message = describe(scan, files);
    const [first = manifestRef(plan, '/workload/code'), ...others] = places.map(inspectedRef);
    if (found > limits.findings) return { outcome: 'fail', ...compared, message, evidence: [first, ...others] };
    const evidence = places.map(inspectedRef);
    if (scan.unread.length > 0) return { outcome: 'inconclusive', ...compared, message, missing: UNREAD, evidence };
    if (!hasCode(scan)) return { outcome: 'inconclusive', ...compared, message, missing: NO_LANGUAGE, evidence };
    return { outcome: 'pass', ...compared, message, evidence };
  },
});

function undeclared(plan: Plan): CheckResult {
  return {
    outcome: 'inconclusive',
    message: 'the manifest declares no code: nothing was looked at',
    missing: {
      input: 'the code of the workload',
      remedy: 'Declare the source files under workload.code, such as src/**.',
    },
    evidence: [manifestRef(plan, '/workload')],
  };
}

const UNREAD = {
  input: 'source files that can be read',
  remedy: 'Narrow workload.code to the files of the workload, and remove or split those that are too large.',
};

const NO_LANGUAGE = {
  input: 'source files in a language that is looked at',
  remedy: 'Declare under workload.code the JavaScript, TypeScript or Python files and the gateway configuration.',
};

/** Files of other languages are passed over: a gateway configuration alone says nothing about the code beside it. */
function hasCode({ files }: CodeScan): boolean {
  return Object.entries(files).some(([language, count]) => language !== 'gateway-config' && count > 0);
}

function countOf({ counts }: CodeScan, family: keyof typeof CODE_RULES): number {
  return CODE_RULES[family].reduce((sum, rule) => sum + (counts[rule] ?? 0), 0);
}

/** Some places that tie the code to a provider. Findings are in order of their files, so each rule is asked in turn. */
function placesOf({ findings }: CodeScan): CodeFinding[] {
  const byRule = CODE_RULES['lock-in'].map((rule) => findings.filter((finding) => finding.rule === rule));
  const rounds = Array.from({ length: MOST_PLACES }, (_, round) => byRule.flatMap((list) => list[round] ?? []));
  return rounds.flat().slice(0, MOST_PLACES);
}

function describe(scan: CodeScan, files: number): string {
  const places = placesOf(scan).map(describePlace).join(', ');
  const parts = [
    `${findingsText(scan, 'lock-in')} in ${quantity(files, 'file')} (${languagesOf(scan)})`,
    places,
    findingsText(scan, 'hygiene'),
    findingsText(scan, 'inventory'),
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

function describePlace({ path, line, found }: CodeFinding): string {
  return `${showName(path)}:${line} ${showName(found)}`;
}

function describeUnread(unread: readonly string[]): string {
  const rest = unread.length > MOST_PLACES ? ` and ${formatNumber(unread.length - MOST_PLACES)} more` : '';
  return `${unread.slice(0, MOST_PLACES).map(showName).join(', ')}${rest}`;
}
