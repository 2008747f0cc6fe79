import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from '../../wire/delivery.ts';
import type { WireRequest } from '../../wire/wire-api.ts';
import { apiOfPath, WIRE_FORMATS } from '../../wire/wire-formats.ts';
import { parseScript } from '../parse-script.ts';
import { createSimulatedProvider } from '../simulated-provider.ts';

export interface SimulatedServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** What was asked so far, as the formats read it. */
  readonly requests: readonly WireRequest[];
  close(): Promise<void>;
}

/** One agent's day, for every SDK: it asks, calls a tool, gets its result and answers. */
const SCRIPT = `
rules:
  - when: { tool_result: weather, matches: 'weather in (\\w+)' }
    answer: { text: 'In {{match.1}} it is {{last_tool_result}} 🌦' }
    usage: { input: 30, output: 9, cacheRead: 10 }
  - when: { matches: 'weather in (\\w+)' }
    answer: { text: 'Let me look.', tool: { name: weather, args: { city: '{{match.1}}', days: [1, 2] } } }
    usage: { input: 20, output: 5 }
  - when: { contains: forbidden }
    answer: { refusal: 'I cannot help with that.' }
  - when: { contains: object }
    answer: { json: { ok: true, said: '{{input}}' } }
  - when: { contains: greet }
    answer: { text: 'Hello there, שלום 👋' }
    usage: { input: 20, output: 5, cacheRead: 5 }
    latency: { firstMs: 2, betweenMs: 1 }
`;

/** A simulated provider behind a real socket, for tests with real clients. */
export async function startSimulatedServer(): Promise<SimulatedServer> {
  const { script } = parseScript(SCRIPT, 'script.yaml');
  if (script === undefined) throw new Error('the script of the tests is none');
  const provider = createSimulatedProvider(script, { seed: 1 });
  const requests: WireRequest[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => play(response, answer(request.url ?? '', body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function answer(path: string, body: string): Delivery {
    const api = apiOfPath(path);
    const request = api && WIRE_FORMATS[api].readRequest(JSON.parse(body));
    if (request === undefined) throw new Error(`${path} is no request to a model`);
    requests.push(request);
    return provider.answer(request, { provider: 'test', runId: 'run', index: requests.length });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += String(part);
  return body;
}

async function play(response: ServerResponse, { headersAfterMs, status, headers, frames }: Delivery): Promise<void> {
  await wait(headersAfterMs);
  response.writeHead(status, headers);
  for (const { afterMs, bytes } of frames) {
    // Even at once, each frame gets a turn of its own.
    await wait(afterMs);
    response.write(bytes);
  }
  response.end();
}
