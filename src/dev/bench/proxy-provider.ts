import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../observe/drive/seeded-random.ts';
import { announce } from './proxy-process.ts';

/** A provider that answers at once: a stream whose events say when they were sent, or one body. */
const EVENTS = 40;
/** As models do: neither in step with each other nor with themselves. */
const gapMs = () => 15 + 20 * random();
const random = seededRandom(1);
const ANSWER = {
  model: 'gpt-x',
  choices: [{ index: 0, message: { role: 'assistant', content: 'x'.repeat(400) }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 500, completion_tokens: 100 },
};

const server = createServer((request, response) => {
  const parts: string[] = [];
  request.setEncoding('utf8').on('data', (part) => parts.push(part));
  request.on('end', () => {
    if (parts.join('').includes('"stream":true')) void stream(response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(ANSWER));
  });
});

async function stream(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let event = 0; event < EVENTS; event++) {
    await pause(gapMs());
    const finish = event === EVENTS - 1 ? ',"finish_reason":"stop"' : '';
    const sentMs = Number(process.hrtime.bigint()) / 1e6;
    response.write(`data: {"sentMs":${sentMs},"choices":[{"index":0,"delta":{"content":"word "}${finish}}]}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}

announce(server);
