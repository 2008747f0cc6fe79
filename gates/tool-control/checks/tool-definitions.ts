import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import type { EvidenceRef } from '../../../src/contract/evidence.ts';
import type { Inspection } from '../../../src/contract/inspection.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { listShown } from '../../../src/contract/list-shown.ts';
import { manifestRef, pointerOf } from '../../../src/contract/manifest-ref.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { describeDrift } from '../../../src/contract/served/describe-drift.ts';
import { type Drift, lockDrift } from '../../../src/contract/served/lock-drift.ts';
import { servedAgainstLock } from '../../../src/contract/served/served-against-lock.ts';
import { WITNESS_LIMIT, witnessesOf } from '../../../src/contract/witness.ts';
import { definitionFaults } from '../definition-faults.ts';
import type { Found } from '../found-in-definitions.ts';
import { lockGap } from '../lock-gap.ts';
import { knownServers, MISSING_INSPECTION, unlistedServers } from '../offered-tools.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/tool-definitions',
    title: 'Tool servers serve the definitions that were reviewed, and each describes its arguments',
    severity: 'blocker',
    why: 'A server may serve another definition tomorrow under the same version: the model then reads other words, and a tool that only read may write.',
    remediation: [
      'Run aigate tools lock, and review each line of aigate.lock that changes; newly gained authority stands first.',
      'Pin what the server is installed with, where its definitions changed and nobody meant them to.',
      'Give every tool an input schema of type object that describes its arguments.',
      'Commit the lock and test again.',
    ],
    controls: [
      'NIST-AI-RMF:MAP-4.1',
      'NIST-AI-RMF:MANAGE-3.1',
      'ISO-42001:A.10.3',
      'EU-AI-ACT:15(5)',
      'SOC2:CC8.1',
      'OWASP-ASI:ASI04',
    ],
    kinds: INSPECTED_KINDS,
    subject: 'mcp-servers',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    drifts: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Differences between what servers serve and the lock',
    }),
    faults: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Tools whose schema is missing, empty or invalid, or that a server lists twice',
    }),
  },
  inspects: true,
  evaluate(_seen, limits, { plan, inspection }): CheckResult {
    if (inspection === undefined) return MISSING_INSPECTION;
    const faults = definitionFaults(knownServers(plan, inspection));
    const drifts = driftsOf(plan, inspection);
    const n = knownServers(plan, inspection).reduce((sum, { server }) => sum + server.tools.length, 0);
    const ofFaults = judged(faults, { limit: limits.faults, limitName: 'faults', n });
    const ofDrifts = judged(drifts, { limit: limits.drifts, limitName: 'drifts', n });
    // Another word in a definition comes first: whoever reviews it sees a schema that is empty too.
    if (drifts.length > limits.drifts) return failed(drifts, ofDrifts, `what is served is not what is locked`);
    if (faults.length > limits.faults) return failed(faults, ofFaults, 'definitions that say too little');
    const gap = lockGap(inspection) ?? unlistedServers(plan, inspection);
    if (gap !== undefined) return { outcome: 'inconclusive', ...ofDrifts, ...gap, evidence: [] };
    const servers = quantity(Object.keys(plan.mcp).length, 'server');
    const rest = [...drifts, ...faults].map(({ text }) => text);
    const message = `${quantity(n, 'tool')} of ${servers} served as locked${rest.length > 0 ? `, but for ${listShown(rest)}` : ''}`;
    return { outcome: 'pass', ...ofDrifts, message, evidence: [] };
  },
});

/** What is served against the lock, newly gained authority first. Of a server that could not be listed nothing is known. */
function driftsOf(plan: Plan, inspection: Inspection): Found[] {
  const compared = servedAgainstLock(plan, inspection);
  if (compared === undefined) return [];
  const drifts = lockDrift(compared.before, compared.after);
  return drifts.map((drift) => ({ text: describeDrift(drift), ref: refOf(drift, plan) }));
}

/** A server that is locked and declared no more has no place of its own. */
function refOf(drift: Drift, plan: Plan): EvidenceRef {
  const isDeclared = 'server' in drift && Object.hasOwn(plan.mcp, drift.server);
  return manifestRef(plan, isDeclared ? pointerOf('mcp', drift.server) : '/mcp');
}

interface Compared {
  readonly limit: number;
  readonly limitName: 'drifts' | 'faults';
  readonly n: number;
}

function judged(found: readonly Found[], { limit, limitName, n }: Compared) {
  return {
    measured: { value: found.length, unit: 'count' },
    limit: { value: limit, unit: 'count' },
    limitName,
    n,
  } as const;
}

function failed(found: readonly Found[], compared: ReturnType<typeof judged>, what: string): CheckResult {
  const message = `${what}: ${listShown(found.map(({ text }) => text))}`;
  const places = found.map(({ ref }) => ({ value: 0, ref })).slice(0, WITNESS_LIMIT);
  return { outcome: 'fail', ...compared, message, evidence: witnessesOf(places) };
}
