import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../../dev/repository.ts';
import { runCommand } from '../drive/run-command.ts';
import { parseScript } from '../simulate/parse-script.ts';
import { createSimulatedProvider } from '../simulate/simulated-provider.ts';
import type { CassetteEntry } from './cassette.ts';
import { redactForCassette } from './cassette-redaction.ts';
import { recordingUpstream } from './recording-upstream.ts';
import { replayUpstream } from './replay-upstream.ts';
import { simulatedUpstream } from './simulated-upstream.ts';
import { proxyOf } from './testing/proxy-of.ts';
import type { Upstream } from './upstream.ts';

const { script } = parseScript(
  `rules:
  - { when: { tool_result: weather }, answer: { text: 'It is {{last_tool_result}}' } }
  - { when: { contains: weather }, answer: { tool: { name: weather, args: { city: Kyiv } } } }
  - { when: {}, answer: { text: 'Hello there' }, usage: { input: 20, output: 5 } }`,
  's.yaml',
);
const CLIENTS = ['src/observe/proxy/testing/real-clients.mjs'];
const now = () => performance.timeOrigin + performance.now();

/** Lets every client ask through a proxy; what each got, and what the proxy saw. */
async function askAll(upstream: Upstream) {
  const { proxy, exchanges } = await proxyOf({ upstream, redact: redactForCassette, tripwire: true });
  const run = proxy.openRun('clients');
  const spec = { command: [process.execPath, ...CLIENTS], input: 'stdin', timeoutMs: 50_000, passEnv: [] } as const;
  const env = run.environment(['openai', 'anthropic']);
  const context = { host: process, signal: new AbortController().signal, now, env, cwd: REPOSITORY };
  const result = await runCommand(spec, '', context);
  const traffic = await run.end();
  await proxy.close();
  if (result.status !== 'ended') throw new Error(result.message);
  const got: Record<string, string> = JSON.parse(result.stdout.text || JSON.stringify({ failed: result.stderr.text }));
  return { got, exchanges, traffic, bypasses: proxy.bypasses() };
}

function simulated(): Upstream {
  if (script === undefined) throw new Error('no script');
  return simulatedUpstream(createSimulatedProvider(script, { seed: 1 }));
}

describe('the clients that teams use', () => {
  it('cannot tell the proxy from their provider, and a cassette gives them the same again', async () => {
    const entries: CassetteEntry[] = [];
    const recorder = { write: (entry: CassetteEntry) => void entries.push(entry), redact: redactForCassette, now };
    const { got, exchanges, traffic, bypasses } = await askAll(recordingUpstream(simulated(), recorder));
    const { 'openai embeddings': vectors, ...texts } = got;
    const expected = Object.keys(texts).map((name) => [name, /tool/.test(name) ? 'It is wet in Kyiv' : 'Hello there']);
    expect(texts).toEqual(Object.fromEntries(expected));
    expect([vectors, Object.keys(got).length]).toEqual(['16,16', 25]);
    expect({ ...traffic, bypasses }).toMatchObject({ unknownPathCount: 0, unreadable: 0, bypasses: [] });
    expect(exchanges.filter(({ answer, end }) => !answer.isComplete || end !== 'clean')).toEqual([]);
    expect([entries.length, new Set(exchanges.map(({ api }) => api)).size]).toEqual([exchanges.length, 4]);
    const replayed = await askAll(replayUpstream(entries, redactForCassette));
    expect(replayed.got).toEqual(got);
    expect(replayed.exchanges.filter(({ upstreamProblem }) => upstreamProblem !== undefined)).toEqual([]);
  }, 120_000);
});
