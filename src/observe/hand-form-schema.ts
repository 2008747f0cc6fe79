import { z } from 'zod';
import { APPROVAL_DECISIONS } from '../contract/run.ts';

/** What a hand-written model step says. Every absent value is not recorded. Times in ms. */
const modelStep = z.strictObject({
  model: z.string().min(1),
  provider: z.string().min(1).optional(),
  /** Model named in the answer. */
  served: z.string().min(1).optional(),
  in: z.int().nonnegative().optional(),
  out: z.int().nonnegative().optional(),
  /** Part of `in`. */
  cacheRead: z.int().nonnegative().optional(),
  ms: z.number().nonnegative().optional(),
  ttftMs: z.number().nonnegative().optional(),
  text: z.string().optional(),
  finish: z.union([z.string(), z.array(z.string())]).optional(),
  error: z.string().min(1).optional(),
  attempt: z.int().min(1).optional(),
  fallbackFrom: z.string().min(1).optional(),
  /** Tools the answer asked for. */
  tools: z.array(z.string().min(1)).optional(),
  /** What the user had said. */
  user: z.string().optional(),
});

const toolStep = z.strictObject({
  tool: z.string().min(1),
  args: z.json().optional(),
  ms: z.number().nonnegative().optional(),
  ok: z.boolean().optional(),
  result: z.string().optional(),
  call: z.string().min(1).optional(),
});

const approvalStep = z.strictObject({
  approve: z.enum(APPROVAL_DECISIONS),
  by: z.enum(['human', 'policy', 'none']),
  approver: z.string().min(1).optional(),
  id: z.string().min(1).optional(),
  args: z.json().optional(),
  tool: z.string().min(1).optional(),
  call: z.string().min(1).optional(),
});

const run = z.strictObject({
  run: z.union([z.string().min(1).max(200), z.int().transform(String)]),
  /** When it began; without it no step has a time. */
  at: z.iso.datetime({ offset: true }).optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  outcome: z.enum(['success', 'failure', 'abandoned']).optional(),
  steps: z.array(z.unknown()),
});

export type HandWrittenStep = z.infer<typeof modelStep> | z.infer<typeof toolStep> | z.infer<typeof approvalStep>;
export type HandWrittenRun = Omit<z.infer<typeof run>, 'steps'> & { readonly steps: readonly HandWrittenStep[] };

/** A run as somebody wrote it down, or what is wrong with it: `place: what`, one per mistake. */
export type ParsedHandForm = { readonly run: HandWrittenRun } | { readonly mistakes: readonly string[] };

/** Unknown keys are mistakes: a misspelt optional key would otherwise read as "not recorded". */
export function parseHandForm(document: unknown): ParsedHandForm {
  try {
    const outer = run.safeParse(document);
    if (!outer.success) return { mistakes: mistakesOf(outer.error, []) };
    const steps = outer.data.steps.map((step, index) => ({ index, parsed: schemaOf(step).safeParse(step) }));
    const mistakes = steps.flatMap(({ index, parsed }) =>
      parsed.success ? [] : mistakesOf(parsed.error, ['steps', index]),
    );
    if (mistakes.length > 0) return { mistakes };
    return { run: { ...outer.data, steps: steps.flatMap(({ parsed }) => (parsed.success ? [parsed.data] : [])) } };
  } catch (cause) {
    if (cause instanceof RangeError) return { mistakes: ['it is nested too deeply'] };
    throw cause;
  }
}

function schemaOf(step: unknown): z.ZodType<HandWrittenStep> {
  if (typeof step === 'object' && step !== null && 'tool' in step && !('approve' in step)) return toolStep;
  return typeof step === 'object' && step !== null && 'approve' in step ? approvalStep : modelStep;
}

function mistakesOf({ issues }: z.ZodError, within: readonly (string | number)[]): string[] {
  return issues.map(({ path, message }) => `${[...within, ...path].map(String).join('.') || 'document'}: ${message}`);
}
