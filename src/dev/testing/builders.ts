import type { CheckContext, Tables } from '../../contract/check.ts';
import type { EvidenceRef } from '../../contract/evidence.ts';
import type { Finding } from '../../contract/finding.ts';
import type { InspectedFile, Inspection } from '../../contract/inspection.ts';
import type { Plan, Scenario, Source } from '../../contract/plan.ts';
import type { Population, SourcePopulation } from '../../contract/population.ts';
import { SERVICE_TIERS } from '../../contract/prices.ts';
import type { Approval, Embedding, ModelCall, Retrieval, Run, ToolCall } from '../../contract/run.ts';

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

export function aSource(overrides: Partial<Source> = {}): Source {
  return {
    recording: 'traces/week.jsonl',
    origin: 'production',
    window: undefined,
    sampling: 'none',
    total: undefined,
    excluded: undefined,
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
      identity: undefined,
      audience: undefined,
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
    knowledge: undefined,
    handoff: undefined,
    retries: { model: undefined, total: undefined },
    caps: { modelCalls: undefined, toolCalls: undefined, inputTokens: undefined, outputTokens: undefined },
    peakPerSecond: undefined,
    pricing: { maxAgeDays: undefined, serviceTiers: SERVICE_TIERS, contracts: [] },
    artifacts: ['prompts/**'],
    code: [],
    baseline: undefined,
    timeouts: { modelMs: 20_000, toolMs: 10_000, runMs: 60_000 },
    monthlyRuns: { expected: 100_000, low: undefined, high: undefined },
    tools: { get_case: { effect: 'read', approve: 'never' }, create_case_note: { effect: 'write', approve: 'always' } },
    mcp: {},
    lock: undefined,
    sources: [aSource()],
    live: undefined,
    drills: undefined,
    killSwitch: undefined,
    scenarios: [aScenario()],
    userHarm: undefined,
    assertions: [],
    evidence: { riskOwner: 'head-of-risk', runbook: 'runbook.md', disclosure: undefined, monitors: [] },
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

/** What was read of the one source of a built plan: one run, nothing wrong. */
export function aSourcePopulation(overrides: Partial<SourcePopulation> = {}): SourcePopulation {
  return {
    recording: 'traces/week.jsonl',
    sha256: 'a'.repeat(64),
    bytes: 1,
    form: 'otlp-json',
    kind: 'recorded',
    lines: 1,
    spans: 1,
    steps: 1,
    runs: 1,
    ignored: [],
    duplicateSpans: 0,
    backwardClocks: 0,
    impossibleTimes: 0,
    copiedRuns: 0,
    sampledSpans: 0,
    dialects: [],
    problems: [],
    problemCount: 0,
    ...overrides,
  };
}

export function aPopulation(overrides: Partial<Population> = {}): Population {
  return { sources: [], runs: 1, runsByScenario: { summarize: 1 }, unmatchedRuns: 0, ambiguousRuns: 0, ...overrides };
}

export function aContext(overrides: Partial<CheckContext> = {}): CheckContext {
  return {
    plan: aPlan(),
    population: aPopulation(),
    tables: NO_TABLES,
    inspection: undefined,
    baseline: undefined,
    drills: undefined,
    calibration: undefined,
    findings: [],
    ...overrides,
  };
}

/** Tables that know nothing. */
export const NO_TABLES: Tables = {
  priceOf: () => undefined,
  pricesPublished: '2026-09-23',
  lifecycleOf: () => undefined,
  lifecyclesReadOn: '2026-11-01',
};

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
    usage: {
      input: 1_000,
      output: 200,
      cacheRead: undefined,
      cacheWrite: undefined,
      cacheWriteLong: undefined,
      reasoning: undefined,
    },
    usageSource: 'reported',
    serviceTier: undefined,
    firstTokenMs: undefined,
    isReplayed: undefined,
    parameters: undefined,
    resends: undefined,
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
    listNanoUsd: 6_000_000,
    unpriced: undefined,
    contract: undefined,
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

export function anEmbedding(overrides: Partial<Embedding> = {}): Embedding {
  return {
    type: 'embedding',
    ref: aRef(5),
    startMs: NOW_MS - 3_600_000,
    durationMs: 90,
    error: undefined,
    provider: 'openai',
    model: 'text-embedding-3-small',
    inputTokens: 400,
    costNanoUsd: 8_000,
    listNanoUsd: 8_000,
    unpriced: undefined,
    contract: undefined,
    ...overrides,
  };
}

export function aRetrieval(overrides: Partial<Retrieval> = {}): Retrieval {
  return {
    type: 'retrieval',
    ref: aRef(6),
    startMs: NOW_MS - 3_600_000,
    durationMs: 40,
    error: undefined,
    source: 'fraud-policy',
    documents: ['FR-12'],
    ...overrides,
  };
}

/** A committed file with something in it. */
export function anInspectedFile(path: string, overrides: Partial<InspectedFile> = {}): InspectedFile {
  return { path, sha256: 'd'.repeat(64), bytes: 40, changedAt: '2026-11-06T12:00:00Z', ...overrides };
}

/** A look that found no file, in a work tree with its whole history. */
export function anInspection(overrides: Partial<Inspection> = {}): Inspection {
  return {
    files: {},
    texts: {},
    scan: undefined,
    lock: undefined,
    served: {},
    hasHistory: true,
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
    load: undefined,
    harm: undefined,
    rubrics: undefined,
    task: undefined,
    principal: undefined,
    version: undefined,
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
