import { createRedactor } from '../../redaction.ts';
import { type CassetteEntry, cassetteLine } from '../cassette.ts';
import { recordingUpstream } from '../recording-upstream.ts';
import { replayUpstream } from '../replay-upstream.ts';
import { simulatedUpstream } from '../simulated-upstream.ts';
import type { Upstream } from '../upstream.ts';
import { ask, echo, proxyOf } from './proxy-of.ts';

/** A key that must be found nowhere. */
export const KEY = `sk-${'planted'.repeat(5)}`;

const redact = createRedactor(new Uint8Array(32));

/** Answers with what it heard and how many answers it gave before. */
function countingUpstream(): Upstream {
  let count = 0;
  return simulatedUpstream({
    answer: (request) => ({ ...echo(request, `answer ${count++}`), unscripted: false }),
  });
}

/** What asking these one after the other in one run leaves on a cassette. */
export async function record(bodies: readonly string[], init: RequestInit = {}, upstream = countingUpstream()) {
  const entries: CassetteEntry[] = [];
  const write = (entry: CassetteEntry) => entries.push(entry);
  const now = () => performance.now();
  const { proxy } = await proxyOf({ upstream: recordingUpstream(upstream, { write, redact, now }), redact });
  const base = proxy.openRun('recorded').environment(['openai'])['OPENAI_BASE_URL'];
  const heard: string[] = [];
  for (const body of bodies) {
    const url = `${base}/chat/completions?key=${KEY}`;
    const answer = fetch(url, { method: 'POST', body, ...init }).then((response) => response.text());
    heard.push(await answer.catch(() => 'broken'));
  }
  await proxy.close();
  return { entries, heard, text: entries.map(cassetteLine).join('') };
}

/** A proxy that answers from a cassette. */
export async function replay(entries: readonly CassetteEntry[], given: Parameters<typeof proxyOf>[0] = {}) {
  const made = await proxyOf({ upstream: replayUpstream(entries, redact), redact, ...given });
  const base = made.proxy.openRun('replayed').environment(['openai'])['OPENAI_BASE_URL'];
  const hear = async (body: string) => (await ask(base, body)).text();
  return { ...made, hear };
}
