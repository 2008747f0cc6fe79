import { once } from 'node:events';
import { Agent, request as send } from 'node:http';

/** `ADDRESS streams|bodies COUNT`: asks 50 at a time; prints how long it took, and how old events were when they came. */
const [address = '', kind, count = '0'] = process.argv.slice(2);
const CONCURRENCY = 50;
const url = new URL(`${address}/chat/completions`);
const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
const messages = [
  { role: 'system', content: 'Be brief. '.repeat(150) },
  { role: 'user', content: 'case' },
];
const body = JSON.stringify({ model: 'gpt-x', messages, ...(kind === 'streams' && { stream: true }) });
const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
const agesMs: number[] = [];

async function ask(): Promise<void> {
  const sent = send(url, { method: 'POST', agent, headers });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode}`);
  for await (const part of answer) {
    const nowMs = Number(process.hrtime.bigint()) / 1e6;
    for (const [, sentMs] of String(part).matchAll(/"sentMs":([\d.]+)/g)) agesMs.push(nowMs - Number(sentMs));
  }
}

let left = Number(count);
async function worker(): Promise<void> {
  while (left > 0) {
    left -= 1;
    await ask();
  }
}

const beganMs = performance.now();
await Promise.all(Array.from({ length: CONCURRENCY }, worker));
const seconds = (performance.now() - beganMs) / 1e3;
const sorted = agesMs.toSorted((a, b) => a - b);
const p99Ms = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
process.stdout.write(JSON.stringify({ seconds, p99Ms, events: sorted.length }));
agent.destroy();
