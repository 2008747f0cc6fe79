import { addName, emptyNames, type NameCounts } from '../contract/name-counts.ts';
import type { ObservedRun, ObservedStep } from '../contract/observed-run.ts';
import type { SourcePopulation } from '../contract/population.ts';
import type { RecordedField, RecordingProfile } from '../contract/recording-profile.ts';

/** The fewest equal durations that no real measurement gives. */
const PLACEHOLDER_RUNS = 20;

const RUN_FIELDS = [
  'startMs',
  'durationMs',
  'outcome',
  'task',
  'principal',
  'version',
  'revision',
  'artifactsDigest',
  'environment',
] as const;

const STEP_FIELDS = {
  model: [
    'provider',
    'requestedModel',
    'servedModel',
    'startMs',
    'durationMs',
    'firstTokenMs',
    'finish',
    'text',
    'requestedTools',
    'offeredTools',
    'parameters',
    'attempt',
    'resends',
    'serviceTier',
    'recordedCostUsd',
  ],
  tool: ['tool', 'callId', 'args', 'startMs', 'durationMs'],
  approval: ['decision', 'by', 'approver', 'tool', 'callId', 'durationMs'],
  embedding: ['provider', 'model', 'inputTokens', 'durationMs'],
  retrieval: ['source', 'documents', 'durationMs'],
} as const;

const USAGE_FIELDS = ['input', 'output', 'cacheRead', 'cacheWrite', 'reasoning'] as const;

/** Counts what the runs of one recording hold, in bounded memory. */
export function createProfiler(): { add(run: ObservedRun): void; profile(of: SourcePopulation): RecordingProfile } {
  const counts = new Map<string, Map<string, number>>();
  const totals = new Map<string, number>();
  const [models, tools] = [emptyNames(), emptyNames()];
  const attributes = new Map<string, NameCounts>();
  const outcomes = new Map<string, number>();
  const tokens = { input: 0, output: 0, calls: 0 };
  const durations = { runs: 0, least: Infinity, most: -Infinity };

  const seen = (type: string, values: object, fields: readonly string[]) => {
    const ofType = counts.get(type) ?? new Map<string, number>();
    counts.set(type, ofType);
    for (const field of fields) {
      ofType.set(field, (ofType.get(field) ?? 0) + (Reflect.get(values, field) === undefined ? 0 : 1));
    }
  };
  const addStep = (step: ObservedStep) => {
    count(totals, step.type);
    seen(step.type, step, STEP_FIELDS[step.type]);
    if (step.type === 'tool') addName(tools, step.tool ?? '?');
    if (step.type !== 'model') return;
    addName(models, `${step.provider ?? '?'}/${step.requestedModel ?? step.servedModel ?? '?'}`);
    seen('model', step.recordedUsage, USAGE_FIELDS);
    const { input, output } = step.recordedUsage;
    if (input === undefined && output === undefined) return;
    tokens.calls += 1;
    tokens.input += input ?? 0;
    tokens.output += output ?? 0;
  };
  return {
    add(run) {
      count(totals, 'run');
      seen('run', run, RUN_FIELDS);
      if (run.outcome !== undefined) count(outcomes, run.outcome);
      if (run.durationMs !== undefined) {
        durations.runs += 1;
        durations.least = Math.min(durations.least, run.durationMs);
        durations.most = Math.max(durations.most, run.durationMs);
      }
      for (const [key, value] of Object.entries(run.attributes)) {
        const values = attributes.get(key) ?? emptyNames();
        attributes.set(key, values);
        addName(values, value);
      }
      for (const step of run.steps) addStep(step);
    },
    profile: (population) => ({
      schemaVersion: 1,
      population,
      steps: Object.fromEntries([...totals].filter(([type]) => type !== 'run')),
      fields: Object.fromEntries([...counts].map(([type, ofType]) => [type, fieldsOf(ofType, totals.get(type) ?? 0)])),
      models,
      tools,
      tokens,
      outcomes: Object.fromEntries(outcomes),
      attributes: Object.fromEntries(attributes),
      hasPlaceholderTimes: durations.runs >= PLACEHOLDER_RUNS && durations.least === durations.most,
    }),
  };
}

function fieldsOf(counts: ReadonlyMap<string, number>, of: number): RecordedField[] {
  return [...counts].map(([name, recorded]) => ({ name, recorded, of }));
}

function count(into: Map<string, number>, name: string): void {
  into.set(name, (into.get(name) ?? 0) + 1);
}
