import type { Finding } from '../../contract/finding.ts';
import type { GateId } from '../../contract/gate.ts';
import type { Plan, PlannedCheck } from '../../contract/plan.ts';
import type { Population, SourcePopulation } from '../../contract/population.ts';
import type { RunResult } from '../../contract/result.ts';
import type { CallDecisions } from '../../contract/tool-use.ts';
import { aFinding, aPlan, aPopulation, aRef, aScenario } from './builders.ts';
import { BREAKING, DRILLED_FAULTS, SWITCHING } from './drill-stories.ts';
import { aDrillPlan } from './drills.ts';
import { HELD, of } from './held-checks.ts';
import { aResult } from './results.ts';

/** Three results with every kind of line a report can hold. Their golden reports are in fixtures/reports. */
export const STORIES = { blocked, passing, inconclusive } as const;

const span = (line: number, n: number) =>
  aRef(line, {
    pointer: `/resourceSpans/0/scopeSpans/0/spans/${n}`,
    run: `4bf92f3577b34da6a3ce929d0e0e${4000 + line}`,
  });

function findings(changes: Readonly<Record<string, Partial<Finding>>> = {}): Finding[] {
  return Object.entries(HELD).map(([checkId, held]) =>
    aFinding({ checkId, gate: checkId.split('/')[0] as GateId, ...held, ...changes[checkId] }),
  );
}

const LIMITS: Readonly<Record<string, PlannedCheck['limits']>> = {
  'cost/monthly-cost': { usd: 9000 },
  'reliability/latency': { p95: 8000 },
  'reliability/availability': { rate: 0.995 },
};

function plan(changes: Partial<Plan> = {}): Plan {
  const checks = Object.entries(HELD).map(
    ([id, { limitOrigins = {} }]): PlannedCheck => ({
      id,
      gate: id.split('/')[0] as GateId,
      severity: 'blocker',
      advisoryBecause: undefined,
      limits: LIMITS[id] ?? {},
      origins: limitOrigins,
      kinds: ['recorded', 'live'],
      notApplicable: undefined,
    }),
  );
  return aPlan({
    workload: { ...aPlan().workload, name: 'fraud-review-assistant' },
    checks,
    scenarios: [aScenario({ share: 0.7, critical: true }), aScenario({ id: 'escalate', share: 0.3 })],
    dependencies: [
      { name: 'case-store', kind: 'saas', vendor: 'caseworks', critical: true, alternative: 'nightly-export' },
    ],
    declaredOnly: ['workload.identity', 'retries'],
    policies: [{ path: 'policy.yaml', sha256: 'f'.repeat(64), via: 'flag' }],
    evidence: {
      riskOwner: 'head-of-payments-risk',
      runbook: 'https://runbooks.example.com/fraud-review-assistant',
      disclosure: undefined,
      monitors: [{ name: 'primary failures', signal: 'error.type', alert: 'more than 5 % of calls in 5 minutes' }],
    },
    ...changes,
  });
}

/** Half of the notes were written without approval, and one call was of a tool that nobody declared. */
const UNAPPROVED: CallDecisions = {
  runs: 120,
  approvals: 60,
  tools: [
    ['create_case_note', { verdicts: { deny: 0, 'needs-approval': 118, 'not-assessed': 2, allow: 0 }, violations: 58 }],
    ['get_case', { verdicts: { deny: 0, 'needs-approval': 0, 'not-assessed': 0, allow: 240 }, violations: 0 }],
    ['wire_money', { verdicts: { deny: 1, 'needs-approval': 0, 'not-assessed': 0, allow: 0 }, violations: 1 }],
  ],
  offenders: [
    {
      run: span(7, 2).run ?? '',
      rule: 'the tool is not declared',
      ref: span(7, 2),
      steps: ['get_case', 'wire_money: the tool is not declared', 'create_case_note'],
    },
  ],
};

const { drills: DRILLS } = aDrillPlan(DRILLED_FAULTS);

const RECORDING: SourcePopulation = {
  recording: 'traces/week.jsonl',
  sha256: 'e'.repeat(64),
  bytes: 48_210_333,
  form: 'otlp-json',
  kind: 'recorded',
  lines: 5120,
  spans: 61_800,
  steps: 20_600,
  runs: 4120,
  ignored: [
    { scope: '@opentelemetry/instrumentation-http', count: 36_900 },
    { scope: '@opentelemetry/instrumentation-pg', count: 180 },
  ],
  duplicateSpans: 12,
  backwardClocks: 0,
  impossibleTimes: 0,
  copiedRuns: 0,
  sampledSpans: 0,
  dialects: [{ name: 'OTel GenAI', spans: 20_600 }],
  problems: [],
  problemCount: 0,
};

function population(changes: Partial<Population> = {}): Population {
  return aPopulation({
    sources: [RECORDING],
    runs: 4120,
    runsByScenario: { summarize: 2880, escalate: 1220 },
    unmatchedRuns: 20,
    ambiguousRuns: 0,
    ...changes,
  });
}

function passing(): RunResult {
  return aResult({ plan: plan({ drills: DRILLS }), population: population(), findings: findings(), drills: SWITCHING });
}

function blocked(): RunResult {
  const fail = (remedy: readonly string[], evidence: Finding['evidence']) =>
    ({ outcome: 'fail', remedy, evidence }) as const;
  return aResult({
    plan: plan({
      timeouts: { modelMs: undefined, toolMs: undefined, runMs: undefined },
      drills: DRILLS,
      policies: [],
      workload: { ...plan().workload, isDemo: true },
    }),
    population: population(),
    drills: BREAKING,
    calls: UNAPPROVED,
    findings: findings({
      'cost/monthly-cost': {
        ...fail(
          ['Open the dearest runs named here.', 'Shorten the context or route simple steps to a cheaper model.'],
          [span(812, 3), span(2044, 1)],
        ),
        message: 'at least 19,812 USD a month with 95 % confidence, limit 9,000 USD',
        measured: of(19_812.4, 'usd'),
        estimate: of(21_590.12, 'usd'),
      },
      'reliability/latency': {
        ...fail(
          ['Open the slowest runs named here.', 'Bound the wait: set model, tool and run timeouts under the limit.'],
          [span(401, 0)],
        ),
        message: 'p95 is at least 11,240 ms with 95 % confidence, limit 8,000 ms',
        measured: of(11_240, 'ms'),
        estimate: of(11_903, 'ms'),
      },
      'reliability/call-timeouts': {
        ...fail(
          ['Declare timeouts.model in the manifest and set the same value in the client.'],
          [{ artifact: 'manifest', line: 1, pointer: '' }],
        ),
        message: 'no timeout for model calls is declared',
        measured: of(1, 'count'),
        limit: of(0, 'count'),
        kind: ['declared'],
      },
      'fallback/fallback-validated': {
        ...fail(
          ['Make the primary fail in a test environment and record at least 20 runs.'],
          [{ artifact: 'manifest', line: 14, pointer: '/models/fallback/0' }],
        ),
        message: '0 of 17 runs in which the primary failed were answered by openai/gpt-4.1',
        measured: of(0, 'count'),
        n: 17,
      },
      'tool-control/approvals': {
        ...fail(
          ['Ask for a human approval before create_case_note and record it as an approval event.'],
          [span(77, 5), span(78, 5), span(91, 4)],
        ),
        message: '412 of 1,025 calls of create_case_note had no approval by a person',
        measured: of(412, 'count'),
      },
      'provider-dependency/served-model': {
        outcome: 'fail',
        severity: 'advisory',
        advisoryBecause: 'newer than the catalogue date of the policy',
        message: '3 of 12,300 calls were served by another model than requested',
        measured: of(3, 'count'),
        remedy: ['Pin the model version.'],
        evidence: [span(1200, 2)],
      },
      'evidence/run-binding': {
        outcome: 'inconclusive',
        message: '1,904 of 4,120 runs do not say which release they belong to',
        measured: of(0.53786407767, 'ratio'),
        missing: {
          input: 'runs bound to this release',
          remedy: 'Record with the resource attribute aigate.artifacts.digest (printed by aigate digest).',
        },
        remedy: ['Record with the resource attribute aigate.artifacts.digest (printed by aigate digest).'],
      },
    }),
  });
}

function inconclusive(): RunResult {
  const lacks = (input: string, remedy: string, message: string): Partial<Finding> => ({
    outcome: 'inconclusive',
    message,
    missing: { input, remedy },
    remedy: [remedy],
    measured: null,
    estimate: null,
    limit: null,
    limitName: null,
    n: null,
    kind: [],
  });
  const usage = ['token usage', 'Export gen_ai.usage.input_tokens and gen_ai.usage.output_tokens.'] as const;
  const approvals = ['approval events', 'Record aigate.approval.* on every decision about a tool call.'] as const;
  return aResult({
    plan: plan(),
    population: population({
      sources: [
        RECORDING,
        {
          ...RECORDING,
          recording: 'traces/damaged.jsonl.gz',
          runs: 0,
          spans: 0,
          steps: 0,
          lines: 3,
          ignored: [],
          duplicateSpans: 0,
          problems: [{ line: 3, message: 'the file ends inside a line' }],
          problemCount: 1,
        },
      ],
    }),
    findings: findings({
      'cost/monthly-cost': lacks(...usage, '12,300 of 12,300 model calls have no price: no usage was recorded'),
      'cost/price-coverage': lacks(...usage, '0 of 12,300 model calls are priced'),
      'tool-control/approvals': lacks(...approvals, 'not seen: approval events'),
      'fallback/fallback-validated': {
        ...lacks('fallback runs', 'Record 14 more runs in which the primary fails.', '6 of 20 runs needed'),
        measured: of(6, 'count'),
        limit: of(20, 'count'),
        limitName: 'runs',
        n: 6,
        kind: ['recorded'],
      },
      'tool-control/undeclared-tools': {
        outcome: 'not-applicable',
        message: 'the manifest declares tools: none',
        measured: null,
        limit: null,
        limitName: null,
        n: null,
        kind: [],
      },
    }),
  });
}
