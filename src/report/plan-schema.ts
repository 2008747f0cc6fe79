import { z } from 'zod';
import { EVIDENCE_KINDS } from '../contract/evidence.ts';
import { GATE_IDS, LANES, SEVERITIES, STAGES } from '../contract/gate.ts';
import { HARMS } from '../contract/harm/harms.ts';
import type { Json } from '../contract/json.ts';
import {
  AUDIENCES,
  AUTONOMIES,
  COMPARISONS,
  DEPENDENCY_KINDS,
  INCONCLUSIVE_RULES,
  LIMIT_LAYERS,
  ORIGINS,
  POLICY_ROUTES,
  REFUSAL_ASSERTIONS,
  SAMPLINGS,
} from '../contract/plan.ts';
import { drillPlanSchema, killSwitchSchema, livePlanSchema } from './live-plan-schema.ts';
import { mcpPlanSchema } from './mcp-plan-schema.ts';
import { pricingSchema } from './prices-schema.ts';
import { flowSchema, toolPolicySchema } from './tool-policy-schema.ts';

const text = z.string();
const milliseconds = z.number().min(0).optional();
const limitCount = z.int().min(0).optional();
const json: z.ZodType<Json> = z.json();

const route = z.strictObject({
  provider: text,
  model: text,
  cloud: text.optional(),
  region: text.optional(),
  account: text.optional(),
  gateway: text.optional(),
});

const assertion = z.union([
  z.strictObject({ type: z.enum(COMPARISONS), value: text }),
  z.strictObject({ type: z.literal('is-json'), schema: json.optional() }),
  z.strictObject({ type: z.enum(REFUSAL_ASSERTIONS) }),
  z.strictObject({ type: z.literal('cites'), value: text.optional() }),
]);

const expectation = z.union([
  z.strictObject({ type: z.literal('text'), assertion: z.int().min(0), label: text }),
  z.strictObject({ type: z.literal('tool-called'), tool: text, label: text }),
  z.strictObject({ type: z.literal('llm-rubric'), rule: text, index: z.int().min(0), label: text }),
]);

const scenario = z.strictObject({
  id: text,
  share: z.number(),
  critical: z.boolean(),
  select: z.record(text, text),
  expect: z.array(expectation),
});

export const limitOriginSchema = z.strictObject({
  layer: z.enum(LIMIT_LAYERS),
  at: text.optional(),
});

/** Index of what is looked for in answers. */
const asserted = z.int().min(0).optional();

const knowledge = z.strictObject({
  name: text,
  path: text,
  maxAgeMs: milliseconds,
  isCited: z.boolean(),
  citation: text.optional(),
  assertion: asserted,
});

const plannedCheck = z.strictObject({
  id: text,
  gate: z.enum(GATE_IDS),
  severity: z.enum(SEVERITIES),
  advisoryBecause: text.optional(),
  limits: z.record(text, json),
  origins: z.record(text, limitOriginSchema),
  kinds: z.array(z.enum(EVIDENCE_KINDS)),
  notApplicable: text.optional(),
});

/** `Plan` as published inside a result; see `resultSchema`. */
export const planSchema = z.strictObject({
  evaluatedAt: z.iso.datetime(),
  stage: z.enum(STAGES),
  workload: z.strictObject({
    name: text,
    owner: text,
    lane: z.enum(LANES),
    autonomy: z.enum(AUTONOMIES),
    isDemo: z.boolean(),
    identity: z
      .strictObject({
        principal: text,
        credentials: z.strictObject({ source: text, maxTtlMs: z.number() }).optional(),
      })
      .optional(),
    audience: z.enum(AUDIENCES).optional(),
  }),
  models: z.strictObject({ primary: route, fallback: z.array(route) }),
  dependencies: z.array(
    z.strictObject({
      name: text,
      kind: z.enum(DEPENDENCY_KINDS),
      vendor: text.optional(),
      critical: z.boolean(),
      alternative: text.optional(),
    }),
  ),
  knowledge: z.union([z.literal('none'), z.array(knowledge)]).optional(),
  handoff: z
    .strictObject({
      queue: text,
      perHour: z.number().optional(),
      withinMs: milliseconds,
      tool: text.optional(),
    })
    .optional(),
  retries: z.strictObject({ model: limitCount, total: limitCount }),
  caps: z.strictObject({
    modelCalls: limitCount,
    toolCalls: limitCount,
    inputTokens: limitCount,
    outputTokens: limitCount,
  }),
  peakPerSecond: z.number().optional(),
  pricing: pricingSchema,
  timeouts: z.strictObject({ modelMs: milliseconds, toolMs: milliseconds, runMs: milliseconds }),
  monthlyRuns: z.strictObject({ expected: z.number(), low: z.number().optional(), high: z.number().optional() }),
  mcp: mcpPlanSchema,
  lock: text.optional(),
  tools: z.union([z.literal('none'), z.record(text, toolPolicySchema)]).optional(),
  flows: z.array(flowSchema).optional(),
  sources: z.array(
    z.strictObject({
      recording: text,
      declaredAt: z.int().min(0).optional(),
      origin: z.enum(ORIGINS),
      window: z.tuple([text, text]).optional(),
      sampling: z.enum(SAMPLINGS),
      total: limitCount,
      excluded: z.array(z.strictObject({ reason: text, runs: z.int().min(0) })).optional(),
      kind: z.enum(['replayed', 'live']).optional(),
    }),
  ),
  live: livePlanSchema.optional(),
  drills: drillPlanSchema.optional(),
  killSwitch: killSwitchSchema.optional(),
  scenarios: z.array(scenario),
  userHarm: z
    .strictObject({
      cases: z.array(z.strictObject({ id: text, harm: z.enum(HARMS), input: text, expect: z.array(expectation) })),
      runs: z.int().min(1),
    })
    .optional(),
  assertions: z.array(assertion),
  evidence: z.strictObject({
    riskOwner: text.optional(),
    runbook: text.optional(),
    disclosure: z.strictObject({ phrase: text, path: text.optional(), assertion: asserted }).optional(),
    monitors: z.array(z.strictObject({ name: text, signal: text, alert: text })).optional(),
  }),
  requiredScenarios: z.array(text),
  checks: z.array(plannedCheck),
  rules: z.strictObject({ pr: z.strictObject({ inconclusive: z.enum(INCONCLUSIVE_RULES) }) }),
  declaredOnly: z.array(text),
  release: z.strictObject({
    artifactsDigest: text,
    revision: text.optional(),
    tree: text.optional(),
    isDirty: z.boolean().optional(),
  }),
  artifacts: z.array(text),
  code: z.array(text),
  baseline: z.strictObject({ runId: text, evaluatedAt: text, artifactsDigest: text }).optional(),
  policies: z.array(z.strictObject({ path: text, sha256: text, via: z.enum(POLICY_ROUTES) })),
  manifestLines: z.record(text, z.int().min(1)),
});
