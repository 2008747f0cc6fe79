import type { SyntheticForm } from './synthetic-form.ts';

/** The file of one evaluation, version 3, indented as `promptfoo eval --output` writes it. */
export const promptfoo: SyntheticForm = {
  name: 'promptfoo, JSON document',
  layout: 'document',
  around: ['{"evalId":"eval-1","results":{"version":3,"timestamp":"2026-11-20T09:00:00.000Z","results":[', ']}}\n'],
  indent: 2,
  valuesOf: ({ number, case: name, system, question, turns, isDone }) =>
    turns.map(({ id, said, startMs, endMs, inputTokens: prompt, outputTokens: completion }, promptIdx) => ({
      id,
      promptIdx,
      testIdx: number,
      provider: { id: 'openai:chat:gpt-4o-mini', label: '' },
      prompt: { raw: JSON.stringify([system, question]), label: 'support' },
      vars: { question, order: number },
      testCase: { description: `${name} ${number}`, vars: { question }, metadata: { 'aigate.case': name } },
      response: {
        output: said,
        cached: false,
        finishReason: 'stop',
        cost: 0.00012,
        tokenUsage: { total: prompt + completion, prompt, completion, numRequests: 1 },
      },
      success: isDone,
      score: isDone ? 1 : 0,
      failureReason: isDone ? 0 : 1,
      latencyMs: endMs - startMs,
      cost: 0.00012,
      namedScores: {},
      error: null,
      gradingResult: {
        pass: isDone,
        score: isDone ? 1 : 0,
        reason: 'All assertions passed',
        componentResults: [{ pass: isDone, score: 1, reason: said, assertion: { type: 'contains', value: 'refund' } }],
      },
    })),
};
