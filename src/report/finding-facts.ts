import type { EvidenceRef } from '../contract/evidence.ts';
import type { Finding } from '../contract/finding.ts';
import type { LimitOrigin } from '../contract/plan.ts';
import type { ArtifactRef, RunResult } from '../contract/result.ts';
import { formatMeasurement, formatNumber } from '../contract/units.ts';

export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** What was compared with what, on how many runs and whose limit it is. Texts are not yet escaped. */
export function factsOf(finding: Finding, result: RunResult): Fact[] {
  const { measured, limit, kind, advisoryBecause } = finding;
  const origin = originText(decidingOrigin(finding, result));
  const observed = measured === null ? 'nothing' : formatMeasurement(measured, limit ?? undefined);
  return [
    { label: 'Observed', text: [observed, ...sampleOf(finding)].join(', ') },
    {
      label: 'Limit',
      text: `${limit === null ? 'none was applied' : formatMeasurement(limit, limit)}, from ${origin}`,
    },
    { label: 'Evidence', text: kind.length === 0 ? 'none was seen' : kind.join(', ') },
    ...(advisoryBecause === null ? [] : [{ label: 'Advisory', text: advisoryBecause }]),
  ];
}

function sampleOf({ estimate, n, limit }: Finding): string[] {
  return [
    ...(estimate === null ? [] : [`estimate ${formatMeasurement(estimate, limit ?? undefined)}`]),
    ...(n === null ? [] : [`n = ${formatNumber(n)}`]),
  ];
}

/**
 * Where the limit that decided was set: the one whose planned value is the limit shown, else the first that somebody
 * wrote down, else the default. Undefined: the check has no limits.
 */
export function decidingOrigin(finding: Finding, { plan }: RunResult): LimitOrigin | undefined {
  const limits = plan.checks.find(({ id }) => id === finding.checkId)?.limits ?? {};
  const origins = Object.entries(finding.limitOrigins);
  const [, deciding] =
    origins.find(([name]) => finding.limit !== null && limits[name] === finding.limit.value) ??
    origins.find(([, { at }]) => at !== undefined) ??
    origins[0] ??
    [];
  return deciding;
}

function originText(origin: LimitOrigin | undefined): string {
  if (origin === undefined) return 'the check itself';
  if (origin.at === undefined) return origin.layer === 'default' ? 'the built-in default' : `the ${origin.layer}`;
  return `${origin.at} (${origin.layer})`;
}

/** `traces/week.jsonl:12 /resourceSpans/0 run 4bf9…`: what somebody needs to open the very place. */
export function placeText({ artifact, line, pointer, run }: EvidenceRef, artifacts: readonly ArtifactRef[]): string {
  const path = artifacts.find(({ id }) => id === artifact)?.path ?? artifact;
  return [`${path}:${line}`, pointer, run === undefined ? '' : `run ${run}`].filter((part) => part !== '').join(' ');
}

/** The command that judges the workload again after a change. */
export function retestCommand({ artifacts, plan, stage }: RunResult): string {
  const manifest = artifacts.find(({ id }) => id === 'manifest')?.path ?? 'aigate.yaml';
  // A folder is enough where the manifest has its usual name.
  const workload = manifest.replace(/^aigate\.ya?ml$/, '.').replace(/\/aigate\.ya?ml$/, '') || '/';
  const policy = plan.policies.find(({ via }) => via === 'flag');
  return [
    `aigate check ${shellWord(workload)}`,
    ...(policy === undefined ? [] : [`--policy ${shellWord(policy.path)}`]),
    ...(stage === 'release' ? [] : [`--stage ${stage}`]),
  ].join(' ');
}

function shellWord(path: string): string {
  const word = path.startsWith('-') ? `./${path}` : path;
  return /^[\w./@%+:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
