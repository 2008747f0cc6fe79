import { MANIFEST } from './workload.ts';

/** A program that asks Claude, then GPT, and fails when neither answers whole; it also says the keys that it was given. */
const AGENT = `
import { text } from 'node:stream/consumers';
const input = await text(process.stdin);
const messages = [{ role: 'user', content: input }];
async function ask(base, path, body, headers) {
  try {
    const response = await fetch(base + path, {
      method: 'POST', signal: AbortSignal.timeout(3000),
      headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body),
    });
    const said = await response.text();
    if (response.ok) return JSON.parse(said);
    console.error(said);
  } catch {}
}
const { ANTHROPIC_BASE_URL, ANTHROPIC_API_KEY, OPENAI_BASE_URL, OPENAI_API_KEY } = process.env;
const claude = await ask(ANTHROPIC_BASE_URL, '/v1/messages', { model: 'claude-sonnet-4-5', max_tokens: 100, messages },
  { 'x-api-key': ANTHROPIC_API_KEY });
let said = claude?.stop_reason === 'end_turn' ? claude.content?.[0]?.text : undefined;
if (said === undefined) {
  const gpt = await ask(OPENAI_BASE_URL, '/chat/completions', { model: 'gpt-4.1', messages },
    { authorization: 'Bearer ' + OPENAI_API_KEY });
  said = gpt?.choices?.[0]?.finish_reason === 'stop' ? gpt.choices[0].message.content : undefined;
}
if (said === undefined) process.exit(1);
console.log(said);
`;

/** What a simulated provider answers to it. */
const SCRIPT = `rules:
  - when: {}
    answer: { text: 'Risk: medium. AI-generated.' }
    usage: { input: 100, output: 20 }
`;

/** The usual manifest with live runs of two inputs. @param upstream as YAML on one line */
export function liveManifest(upstream: string, more = 'drills: { faults: [overloaded-529], runs: 3 }'): string {
  const live = `live:
  command: [node, src/agent.mjs]
  upstream: ${upstream}
  runs: 2
  timeout: 10s
${more}
scenarios:
`;
  return MANIFEST.replace('scenarios:\n', live).replace(
    'select: { aigate.case: summarize }, expect',
    "select: { aigate.case: summarize }, inputs: ['case 1', 'case 2'], expect",
  );
}

/** The files of a workload with that manifest. */
export function liveFiles(manifest: string): Readonly<Record<string, string>> {
  return { 'aigate.yaml': manifest, 'simulated.yaml': SCRIPT, 'src/agent.mjs': AGENT };
}
