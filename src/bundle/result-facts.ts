import { z } from 'zod';
import { AigateError } from '../contract/errors.ts';
import { OUTCOMES } from '../contract/finding.ts';
import { GATE_IDS, LANES, STAGES } from '../contract/gate.ts';
import { DECISIONS } from '../contract/result.ts';
import { RESULTS_FILE } from './layout.ts';
import type { Bundle } from './read-bundle.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const gitObject = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const count = z.int().nonnegative();

/** The part of `files/results.json` that statements and pins rest on; recomputation covers the whole file. */
const resultFactsSchema = z.object({
  schemaVersion: z.literal(1),
  runId: z.string(),
  tool: z.object({ name: z.literal('aigate'), version: z.string().regex(/^[0-9A-Za-z.+-]{1,64}$/) }),
  evaluatedAt: z.iso.datetime(),
  decision: z.enum(DECISIONS),
  stage: z.enum(STAGES),
  lane: z.enum(LANES),
  blocking: z.boolean(),
  releasable: z.boolean(),
  gates: z
    .array(
      z.object({
        id: z.enum(GATE_IDS),
        outcome: z.enum(OUTCOMES).exclude(['error']),
        counts: z.record(z.enum(OUTCOMES), count),
      }),
    )
    .refine((gates) => gates.map(({ id }) => id).join() === GATE_IDS.join(), 'all six gates, each once, in order'),
  plan: z.object({
    workload: z.object({ name: z.string(), isDemo: z.boolean() }),
    release: z.object({
      artifactsDigest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
      revision: gitObject.optional(),
      tree: gitObject.optional(),
      isDirty: z.boolean().optional(),
    }),
    policies: z.array(z.object({ path: z.string(), sha256 })),
  }),
});

export type ResultFacts = z.infer<typeof resultFactsSchema>;

/** @throws AigateError BUNDLE_UNREADABLE when the results are not those of the run that the manifest names */
export async function readResultFacts(bundle: Bundle): Promise<ResultFacts> {
  const parsed = resultFactsSchema.safeParse(await bundle.json(RESULTS_FILE));
  if (!parsed.success) {
    throw new AigateError('BUNDLE_UNREADABLE', `${RESULTS_FILE} is malformed: ${z.prettifyError(parsed.error)}`);
  }
  if (parsed.data.runId === bundle.manifest.runId) return parsed.data;
  throw new AigateError(
    'BUNDLE_UNREADABLE',
    `${RESULTS_FILE} belongs to run ${parsed.data.runId}, the bundle to run ${bundle.manifest.runId}`,
  );
}
