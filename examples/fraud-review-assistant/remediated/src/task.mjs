/** What each kind of task asks for, and which final text is an answer to it. */
const KINDS = {
  summarize: {
    request: 'Summarise the case.',
    isAnswer: (answer) => /Risk: (low|medium|high)\b/.test(answer),
  },
  'policy-question': {
    request: 'Does the policy allow a refund? Answer as JSON alone.',
    isAnswer: (answer) => {
      const value = parsed(answer);
      return typeof value?.policy === 'string' && typeof value.allowed === 'boolean';
    },
  },
  escalate: {
    request: 'Escalate the case with a case note.',
    isAnswer: (answer) => /Risk: high\b/.test(answer),
    needs: 'create_case_note',
  },
};

/** Reads the input; undefined when it is no task. */
export function readTask(input) {
  const value = parsed(input);
  const { case: caseId, kind, askedBy = 'analyst-1' } = value ?? {};
  if (typeof caseId !== 'string' || !/^C-\d{1,9}$/.test(caseId)) return undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind) || typeof askedBy !== 'string') return undefined;
  const { request, isAnswer, needs } = KINDS[kind];
  return { case: caseId, kind, askedBy, request: `Task: ${kind}. Case: ${caseId}. ${request}`, isAnswer, needs };
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
