const QUEUES = ['billing', 'access', 'outage', 'other'];

export const SYSTEM = `You sort support tickets. Answer with one JSON object and nothing else:
{"queue":"${QUEUES.join('|')}","urgent":true|false}`;

/** A model's text as a sorting; undefined when it is none. */
export function parseSorting(text) {
  if (typeof text !== 'string') return undefined;
  const { queue, urgent } = JSON.parse(text);
  return QUEUES.includes(queue) && typeof urgent === 'boolean' ? { queue, urgent } : undefined;
}

/** Without a model: by words, and marked for a second look. */
export function sortByRule(text) {
  const rules = [
    ['billing', /invoice|charge|refund/i],
    ['access', /password|login|locked/i],
    ['outage', /down|outage|unreachable/i],
  ];
  const queue = rules.find(([, words]) => words.test(text))?.[0] ?? 'other';
  return { queue, urgent: queue === 'outage', by: 'rule', note: 'Sorted by rule, please look again' };
}
