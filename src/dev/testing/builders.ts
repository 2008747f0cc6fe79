import type { CheckContext } from '../../contract/check.ts';
import type { EvidenceRef } from '../../contract/evidence.ts';
import type { Finding } from '../../contract/finding.ts';
import type { Plan, Scenario } from '../../contract/plan.ts';
import type { Population } from '../../contract/population.ts';
import type { Approval, ModelCall, Run, ToolCall } from '../../contract/run.ts';

/** Monday noon UTC: the evaluation time of every built plan. */
export const EVALUATED_AT = '2026-11-16T12:00:00.000Z';
const NOW_MS = Date.parse(EVALUATED_AT);

/** A place in recording 0; every built step gets its own line so that witnesses can be told apart. */
export function aRef(line = 1, overrides: Partial<EvidenceRef> = {}): EvidenceRef {
  return { artifact: 'recordings/0', line, pointer: '/resourceSpans/0/scopeSpans/0/spans/0', run: 'r1', ...overrides };
}

export function aScenario(overrides: Partial<Scenario> = {}): Scenario {
  return {
    id: 'summarize',
    share: 1,
    critical: false,
    select: { 'aigate.case': 'summarize' },
    expect: [],
    ...overrides,
  };
}

/** A production plan with one scenario, a primary, one independent fallback and two tools; no limits. */
export function aPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    evaluatedAt: EVALUATED_AT,
    stage: 'release',
    workload: {
      name: 'fraud-review',
      owner: 'payments-risk',
      lane: 'production',
      autonomy: 'execute-with-approval',
      isDemo: false,
    },
    models: {
      primary: {
        provider: 'anthropic',
        model: 'claude-sonnet-4-5',
        cloud: 'aws',
        region: 'us-east-1',
        account: 'prod',
        gateway: 'none',
      },
      fallback: [
        {
          provider: 'openai',
          model: 'gpt-4.1',
          cloud: 'azure',
          region: 'eastus',
          account: 'prod-dr',
          gateway: 'none',
        },
      ],
    },
    dependencies: [],
    timeouts: { modelMs: 20_000, toolMs: 10_000, runMs: 60_000 },
    monthlyRuns: { expected: 100_000, low: undefined, high: undefined },
    tools: { get_case: { effect: 'read', approve: 'never' }, create_case_note: { effect: 'write', approve: 'always' } },
    sources: [{ recording: 'traces/week.jsonl', origin: 'production', window: undefined, sampling: 'none' }],
    scenarios: [aScenario()],
    assertions: [],
    evidence: { riskOwner: 'head-of-risk', runbook: 'runbook.md', monitors: [] },
    requiredScenarios: [],
    checks: [],
    rules: { pr: { inconclusive: 'block' } },
    declaredOnly: [],
    release: {
      artifactsDigest: `sha256:${'a'.repeat(64)}`,
      revision: 'b'.repeat(40),
      tree: 'c'.repeat(40),
      isDirty: false,
    },
    policies: [],
    manifestLines: { '': 1 },
    ...overrides,
  };
}

export function aPopulation(overrides: Partial<Population> = {}): Population {
  return { sources: [], runs: 1, runsByScenario: { summarize: 1 }, unmatchedRuns: 0, ambiguousRuns: 0, ...overrides };
}

export function aContext(overrides: Partial<CheckContext> = {}): CheckContext {
  return { plan: aPlan(), population: aPopulation(), findings: [], ...overrides };
}

export function aModelCall(overrides: Partial<ModelCall> = {}): ModelCall {
  return {
    type: 'model',
    ref: aRef(2),
    startMs: NOW_MS - 3_600_000,
    durationMs: 1_200,
    error: undefined,
    provider: 'anthropic',
    requestedModel: 'claude-sonnet-4-5',
    servedModel: 'claude-sonnet-4-5-20250929',
    usage: { input: 1_000, output: 200, cacheRead: undefined, cacheWrite: undefined, reasoning: undefined },
    finish: ['stop'],
    attempt: undefined,
    fallbackFrom: undefined,
    fallbackReason: undefined,
    recordedCostUsd: undefined,
    text: 'done',
    facts: '',
    requestedTools: [],
    route: 'primary',
    costNanoUsd: 6_000_000,
    unpriced: undefined,
    ...overrides,
  };
}

export function aToolCall(overrides: Partial<ToolCall> = {}): ToolCall {
  return {
    type: 'tool',
    ref: aRef(3),
    startMs: NOW_MS - 3_599_000,
    durationMs: 80,
    error: undefined,
    tool: 'get_case',
    callId: 'call_1',
    args: '{}',
    ...overrides,
  };
}

export function anApproval(overrides: Partial<Approval> = {}): Approval {
  return {
    type: 'approval',
    ref: aRef(4),
    startMs: NOW_MS - 3_599_500,
    durationMs: 0,
    error: undefined,
    decision: 'approve',
    by: 'human',
    approver: 'analyst-7',
    tool: 'create_case_note',
    callId: undefined,
    ...overrides,
  };
}

/** A bound, recorded, successful run of scenario `summarize` with one model call. */
export function aRun(overrides: Partial<Run> = {}): Run {
  return {
    id: 'r1',
    ref: aRef(1),
    kind: 'recorded',
    binding: 'bound',
    scenario: { match: 'one', id: 'summarize' },
    startMs: NOW_MS - 3_600_000,
    durationMs: 2_000,
    error: undefined,
    outcome: 'success',
    hasRoot: true,
    revision: undefined,
    artifactsDigest: undefined,
    environment: undefined,
    signals: [],
    steps: [aModelCall()],
    ...overrides,
  };
}

/** `n` runs with their own ids and lines; `make` may vary them by index. */
export function runs(n: number, make: (index: number) => Partial<Run> = () => ({})): Run[] {
  return Array.from({ length: n }, (_, i) => aRun({ id: `r${i}`, ref: aRef(i + 1, { run: `r${i}` }), ...make(i) }));
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    checkId: 'cost/monthly-cost',
    gate: 'cost',
    title: 'Projected monthly cost stays within its limit',
    outcome: 'pass',
    severity: 'blocker',
    advisoryBecause: null,
    measured: { value: 10, unit: 'usd' },
    limit: { value: 20, unit: 'usd' },
    limitName: null,
    estimate: null,
    n: 100,
    kind: ['recorded'],
    message: '10 USD of 20 USD',
    missing: null,
    remedy: [],
    limitOrigins: {},
    evidence: [],
    ...overrides,
  };
}
