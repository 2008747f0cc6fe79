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
  const origin = originText(finding, decidingOrigin(finding, result));
  const observed = measured === null ? 'nothing' : formatMeasurement(measured, limit ?? undefined);
  return [
    { label: 'Observed', text: [observed, ...sampleOf(finding)].join(', ') },
    { label: 'Limit', text: limit === null ? 'none was applied' : `${formatMeasurement(limit, limit)}${origin}` },
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
 * Where that stands to which the finding was held: the limit that decided or, where none of the check's limits did,
 * the declaration that is cited. Undefined where neither is known.
 */
export function decidingOrigin(finding: Finding, { artifacts }: RunResult): LimitOrigin | undefined {
  const { limitName, limitOrigins, evidence } = finding;
  if (limitName !== null) return Object.hasOwn(limitOrigins, limitName) ? limitOrigins[limitName] : undefined;
  const manifest = artifacts.find(({ id }) => id === 'manifest');
  const declaration = evidence.find(({ artifact }) => artifact === 'manifest');
  if (manifest === undefined || declaration === undefined) return undefined;
  return { layer: 'manifest', at: `${manifest.path}:${declaration.line}` };
}

function originText({ limitName }: Finding, origin: LimitOrigin | undefined): string {
  if (origin === undefined) return '';
  // Nobody set a limit that is part of the check itself.
  if (limitName === null) return `, judged by ${origin.at}`;
  return `, from ${origin.at === undefined ? 'the built-in default' : `${origin.at} (${origin.layer})`}`;
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
