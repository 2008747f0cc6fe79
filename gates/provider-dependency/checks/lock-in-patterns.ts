import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { inspectedRef } from '../../../src/contract/inspected-ref.ts';
import type { CodeScan } from '../../../src/contract/inspection.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import type { MissingInput } from '../../../src/contract/measure.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { countOf, describeScan, placesOf } from '../describe-scan.ts';

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
    const message = describeScan(scan, files);
    const [first = manifestRef(plan, '/workload/code'), ...others] = places.map(inspectedRef);
    if (found > limits.findings) return { outcome: 'fail', ...compared, message, evidence: [first, ...others] };
    const evidence = places.map(inspectedRef);
    const missing = whyOpen(scan);
    if (missing !== undefined) return { outcome: 'inconclusive', ...compared, message, missing, evidence };
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

const OTHER_LANGUAGE = {
  input: 'source files in no other language than those that are looked at',
  remedy:
    'Leave files that neither call models nor configure them out of workload.code, and review the others by hand.',
};

const NO_LANGUAGE = {
  input: 'source files in a language that is looked at',
  remedy: 'Declare under workload.code the JavaScript, TypeScript or Python files and the gateway configuration.',
};

/** What keeps silence from being a pass. */
function whyOpen(scan: CodeScan): MissingInput | undefined {
  if (scan.unread.length > 0) return UNREAD;
  if (Object.keys(scan.unscanned).length > 0) return OTHER_LANGUAGE;
  return hasCode(scan) ? undefined : NO_LANGUAGE;
}

/** A gateway configuration alone says nothing about the code beside it. */
function hasCode({ files }: CodeScan): boolean {
  return Object.entries(files).some(([language, count]) => language !== 'gateway-config' && count > 0);
}
