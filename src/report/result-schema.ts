import { z } from 'zod';
import { DRILL_OUTCOMES } from '../contract/drill-matrix.ts';
import { EVIDENCE_KINDS } from '../contract/evidence.ts';
import { OUTCOMES } from '../contract/finding.ts';
import { GATE_IDS, LANES, SEVERITIES, STAGES } from '../contract/gate.ts';
import type { Json } from '../contract/json.ts';
import { RECORDING_FORMS } from '../contract/population.ts';
import { DECISIONS, TONES } from '../contract/result.ts';
import { CALL_VERDICTS } from '../contract/tool-use.ts';
import { UNITS } from '../contract/units.ts';
import { limitOriginSchema, planSchema } from './plan-schema.ts';

const text = z.string();
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const measurement = z.strictObject({ value: z.number(), unit: z.enum(UNITS) });

const place = z.strictObject({
  artifact: text,
  line: z.int().min(1),
  pointer: text,
  run: text.optional(),
  sha256: sha256.optional(),
});

const finding = z.strictObject({
  checkId: text,
  gate: z.enum(GATE_IDS),
  title: text,
  outcome: z.enum(OUTCOMES),
  severity: z.enum(SEVERITIES),
  advisoryBecause: text.nullable(),
  measured: measurement.nullable(),
  limit: measurement.nullable(),
  limitName: text.nullable(),
  estimate: measurement.nullable(),
  n: count.nullable(),
  kind: z.array(z.enum(EVIDENCE_KINDS)),
  message: text,
  missing: z.strictObject({ input: text, remedy: text }).nullable(),
  remedy: z.array(text),
  limitOrigins: z.record(text, limitOriginSchema),
  evidence: z.array(place),
});

/** `RunResult.authority` as published. */
const toolMatrix = z.strictObject({
  rows: z.array(
    z.strictObject({
      tool: text,
      effect: text,
      approval: text,
      calls: count,
      verdicts: z.record(z.enum(CALL_VERDICTS), count),
      violations: count,
    }),
  ),
  runs: count,
  approvalsPerRun: z.number().min(0),
  offenders: z.array(
    z.strictObject({
      run: text,
      rule: text,
      ref: place,
      steps: z.array(text),
    }),
  ),
});

const drillRow = z.strictObject({
  fault: text,
  schedule: text.nullable(),
  runs: count,
  outcomes: z.record(z.enum(DRILL_OUTCOMES), count),
  slowestSwitchMs: z.number().min(0).nullable(),
  attempts: z.strictObject({ total: count, byClient: count, byApplication: count }),
  costUsd: z.number().min(0).nullable(),
  seen: z.array(
    z.strictObject({ outcome: z.enum(DRILL_OUTCOMES), scenario: text, answer: text.nullable(), ref: place }),
  ),
});

const drills = z.strictObject({
  kinds: z.array(z.enum(EVIDENCE_KINDS)),
  rows: z.array(drillRow),
  bypassed: count,
  stopped: text.nullable(),
});

const gate = z.strictObject({
  id: z.enum(GATE_IDS),
  outcome: z.enum(OUTCOMES).exclude(['error']),
  question: text,
  counts: z.record(z.enum(OUTCOMES), count),
  because: text.nullable(),
});

const source = z.strictObject({
  recording: text,
  sha256,
  bytes: count,
  form: z.enum(RECORDING_FORMS),
  kind: z.enum(EVIDENCE_KINDS),
  lines: count,
  spans: count,
  steps: count,
  runs: count,
  ignored: z.array(z.strictObject({ scope: text, count })),
  duplicateSpans: count,
  backwardClocks: count,
  impossibleTimes: count,
  copiedRuns: count,
  sampledSpans: count,
  dialects: z.array(z.strictObject({ name: text, spans: count })),
  problems: z.array(z.strictObject({ line: count, message: text })),
  problemCount: count,
  leftOut: z.strictObject({ runs: count, reason: text }).optional(),
  live: z
    .strictObject({
      runs: count,
      unanswered: z.array(z.strictObject({ problem: text, runs: count })),
      unaskedScenarios: z.array(text),
      bypasses: z.array(z.strictObject({ host: text, count })),
      unknownPaths: z.array(text),
      answeredFrom: z.strictObject({ path: text, sha256 }).optional(),
      failures: z.array(z.strictObject({ problem: text, runs: count })).optional(),
      refusedSpans: count.optional(),
      partialSpans: count.optional(),
    })
    .optional(),
});

/** `RunResult` as published: what is undefined in memory is left out, and no key is allowed that is not named here. */
export const resultSchema = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.uuid(),
  tool: z.strictObject({ name: z.literal('aigate'), version: text }),
  evaluatedAt: z.iso.datetime(),
  decision: z.enum(DECISIONS),
  stage: z.enum(STAGES),
  lane: z.enum(LANES),
  blocking: z.boolean(),
  releasable: z.boolean(),
  notReleasableBecause: text.nullable(),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  gates: z.array(gate),
  findings: z.array(finding),
  card: z.strictObject({
    headline: text,
    rows: z.array(z.strictObject({ label: text, value: text, tone: z.enum(TONES) })),
    decision: text,
  }),
  authority: toolMatrix.nullable(),
  definitionChanges: z
    .array(
      z.strictObject({
        subject: text,
        field: text,
        locked: text.nullable(),
        served: text.nullable(),
        gains: z.array(text),
      }),
    )
    .nullable(),
  drills: drills.nullable(),
  population: z.strictObject({
    sources: z.array(source),
    runs: count,
    runsByScenario: z.record(text, count),
    unmatchedRuns: count,
    ambiguousRuns: count,
    loadRuns: count.optional(),
    harmRuns: count.optional(),
  }),
  artifacts: z.array(z.strictObject({ id: text, path: text, sha256 })),
  plan: planSchema,
});

/** The JSON Schema (draft-07, which editors and validators read most widely) of `files/results.json`. */
export function resultJsonSchema(): Json {
  return z.json().parse(z.toJSONSchema(resultSchema, { target: 'draft-07' }));
}
