import { z } from 'zod';
import { isGlob } from '../../contract/glob.ts';
import { DEPENDENCY_KINDS, ORIGINS, SAMPLINGS } from '../../contract/plan.ts';
import { shown } from '../describe-issue.ts';
import { duration, insidePath, isDate, pattern, text } from './values.ts';

const route = z
  .strictObject({
    provider: text('Provider, such as anthropic or openai'),
    model: text('Model as requested from the provider'),
    cloud: text('Cloud it runs in; absent means unknown').optional(),
    region: text('Region it runs in; absent means unknown').optional(),
    account: text('Account or subscription that is billed; absent means unknown').optional(),
    gateway: text('Gateway in front of it, or none; absent means unknown').optional(),
  })
  .meta({ description: 'A model and where it runs' });

export const modelsSchema = z
  .strictObject({
    primary: route,
    fallback: z
      .union([route, z.array(route)])
      .meta({ description: 'What takes over when the primary fails' })
      .optional(),
  })
  .meta({ description: 'The models the workload calls' });

export const dependenciesSchema = z
  .array(
    z.strictObject({
      name: text('Name of the system'),
      kind: z.enum(DEPENDENCY_KINDS).meta({ description: 'What it is' }),
      vendor: text('Who runs it').optional(),
      critical: z.boolean().meta({ description: 'Whether the workload stops without it' }),
      alternative: text('What takes over when it is gone').optional(),
    }),
  )
  .meta({ description: 'Systems besides models that the workload needs' });

const source = z.strictObject({
  name: text('Name of the source'),
  path: insidePath('Path or glob of its documents'),
  maxAge: duration('Age from which it is stale').optional(),
  cited: z.boolean().meta({ description: 'Whether answers must cite it' }).optional(),
  citation: pattern('How a citation reads in an answer, such as FR-\\d+').optional(),
});

export const knowledgeSchema = z
  .union([z.literal('none').meta({ description: 'Answers rest on no documents' }), z.array(source).min(1)])
  .meta({ description: 'Documents the answers rest on; or none' });

export const handoffSchema = z
  .strictObject({
    queue: text('Who takes over'),
    perHour: z.number().positive().meta({ description: 'Cases they take in an hour' }).optional(),
    within: duration('How soon a case is taken').optional(),
    tool: text('The tool whose call hands a case over').optional(),
  })
  .meta({ description: 'The people who take over' });

export const timeoutsSchema = z
  .strictObject({
    model: duration('Longest wait for one model call, such as 20s').optional(),
    tool: duration('Longest wait for one tool call, such as 10s').optional(),
    run: duration('Longest time for a whole run, such as 60s').optional(),
  })
  .meta({ description: 'When the workload stops waiting' });

const attempts = z.int().min(0).max(1_000);

export const retriesSchema = z
  .strictObject({
    model: attempts.meta({ description: 'Retries of one model call' }).optional(),
    total: attempts.meta({ description: 'Retries in one run' }).optional(),
  })
  .meta({ description: 'How often calls are repeated at most' });

const cap = (description: string) => z.int().min(1).meta({ description }).optional();

export const capsSchema = z
  .strictObject({
    modelCalls: cap('Model calls in one run'),
    toolCalls: cap('Tool calls in one run'),
    inputTokens: cap('Input tokens of one model call'),
    outputTokens: cap('Output tokens of one model call'),
  })
  .meta({ description: 'Where the code of the workload stops a run' });

const runs = (description: string) => z.int().min(1).meta({ description });

const forecast = z
  .strictObject({
    expected: runs('Expected runs a month'),
    low: runs('5 % point of the forecast').optional(),
    high: runs('95 % point of the forecast').optional(),
  })
  .refine(({ low = 1, expected, high = expected }) => low <= expected && expected <= high, {
    error: 'expected low, expected and high in rising order',
  });

export const trafficSchema = z
  .strictObject({
    monthlyRuns: z.union([runs('Expected runs a month'), forecast]).meta({ description: 'Runs a month in production' }),
    peakPerSecond: z.number().positive().meta({ description: 'Most runs started in a second' }).optional(),
  })
  .meta({ description: 'Production volume' });

const window = z
  .string()
  .refine(
    (value) => {
      const [from = '', to = '', ...more] = value.split('/');
      return more.length === 0 && isDate(from) && isDate(to) && from <= to;
    },
    { error: ({ input }) => `expected two dates in order, such as 2026-11-10/2026-11-17, got ${shown(input)}` },
  )
  .meta({
    description: 'First and last day of the recording, both included: 2026-11-10/2026-11-17',
  });

export const sourcesSchema = z
  .array(
    z.strictObject({
      recording: insidePath(
        'Path of the recording below the folder of the manifest, or a glob: *, ** and ? are special',
      ),
      origin: z.enum(ORIGINS).meta({ description: 'Where the traffic came from' }),
      window: window.optional(),
      sampling: z
        .enum(SAMPLINGS)
        .meta({ description: 'none: the recording is complete for its window. Absent means unknown' })
        .optional(),
      total: runs('Runs that took place in the window, recorded or not').optional(),
      excluded: z
        .array(z.strictObject({ reason: text('Why they were left out'), runs: runs('How many') }))
        .meta({ description: 'Runs that were left out of the recording, by reason; [] says none were' })
        .optional(),
    }),
  )
  .superRefine((sources, context) => {
    for (const [i, { recording, total, excluded = [] }] of sources.entries()) {
      if (isGlob(recording) && (total !== undefined || excluded.length > 0)) {
        const message = 'counts of runs are those of one recording: name each file instead of a glob';
        context.addIssue({ code: 'custom', message, path: [i, total === undefined ? 'excluded' : 'total'] });
      }
      const first = sources.findIndex((other) => other.recording === recording);
      if (first < i)
        context.addIssue({ code: 'custom', message: 'this recording is listed twice', path: [i, 'recording'] });
    }
  })
  .meta({ description: 'Recordings of runs, with where they come from' });

export const evidenceSchema = z
  .strictObject({
    riskOwner: text('Who accepts the residual risk').optional(),
    runbook: text('Path or address of the runbook').optional(),
    disclosure: z
      .strictObject({
        phrase: text('Words that say that an AI is at work'),
        path: insidePath('File of the interface that shows them; absent: every first answer does').optional(),
      })
      .meta({ description: 'How people learn that they deal with an AI' })
      .optional(),
    monitors: z
      .array(
        z.strictObject({
          name: text('Name of the monitor'),
          signal: text('Attribute key or span name that the recordings emit'),
          alert: text('When it alerts'),
        }),
      )
      .meta({ description: 'What is watched after launch; [] says that nothing is' })
      .optional(),
    waivers: insidePath('Folder of waivers. Accepted, not judged by this version').optional(),
  })
  .meta({ description: 'Who answers for the release, and what is watched after it' });
