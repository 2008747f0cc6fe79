import { parseSorting, SYSTEM } from './ticket.mjs';

const TIMEOUT_MS = Number(process.env['MODEL_TIMEOUT_MS'] ?? 4_000);

/** In the order in which they are asked, once each. Each has the provider's own request and answer. */
const ROUTES = [
  {
    provider: 'openai',
    path: '/chat/completions',
    headers: () => ({ authorization: `Bearer ${process.env['OPENAI_API_KEY'] ?? ''}` }),
    body: (text) => ({
      model: 'gpt-4.1-mini',
      temperature: 0,
      max_completion_tokens: 200,
      messages: [
        { role: 'system', content: SYSTEM },
        { role: 'user', content: text },
      ],
    }),
    textOf: ({ choices }) =>
      choices[0].finish_reason === 'stop' && !choices[0].message.refusal ? choices[0].message.content : undefined,
  },
  {
    provider: 'anthropic',
    path: '/messages',
    headers: () => ({ 'x-api-key': process.env['ANTHROPIC_API_KEY'] ?? '', 'anthropic-version': '2023-06-01' }),
    body: (text) => ({
      model: 'claude-haiku-4-5',
      temperature: 0,
      max_tokens: 200,
      system: SYSTEM,
      messages: [{ role: 'user', content: text }],
    }),
    textOf: ({ stop_reason, content }) =>
      stop_reason === 'end_turn' ? content.map(({ text }) => text).join('') : undefined,
  },
];

/** What the first model with a usable answer says; undefined when none has one. */
export async function sortByModels(text, baseOf) {
  for (const route of ROUTES) {
    const sorting = await ask(route, text, baseOf(route.provider)).catch(() => undefined);
    if (sorting !== undefined) return { ...sorting, by: route.provider };
    console.error(`${route.provider} gave no usable answer`);
  }
  return undefined;
}

async function ask(route, text, base) {
  const response = await fetch(`${base}${route.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...route.headers() },
    body: JSON.stringify(route.body(text)),
    // For headers and body: fetch alone would wait five minutes for each.
    signal: AbortSignal.timeout(TIMEOUT_MS),
    // A key is not carried to wherever an answer points.
    redirect: 'error',
  });
  if (!response.ok) {
    await response.body?.cancel();
    return undefined;
  }
  return parseSorting(route.textOf(await response.json()));
}
