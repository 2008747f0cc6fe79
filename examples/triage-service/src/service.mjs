/**
 * Sorts tickets: POST /triage with {"text":"…"} gives {"queue":"…","urgent":…,"by":"…"}. GET /health says that it is up.
 * When no model gives a usable answer, a rule sorts the ticket and the answer says so.
 */
import { createServer } from 'node:http';
import { sortByModels } from './models.mjs';
import { providerBase } from './provider-base.mjs';
import { sortByRule } from './ticket.mjs';

const LONGEST_BODY = 64 * 1024;

const server = createServer((request, response) => {
  handle(request, response).catch(() => reply(response, 500, { error: 'unforeseen' }));
});
server.listen(Number(process.env['PORT'] ?? 8417), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
process.once('SIGTERM', () => {
  server.close();
  server.closeIdleConnections();
});

async function handle(request, response) {
  if (request.method === 'GET' && request.url === '/health') return reply(response, 200, { status: 'ok' });
  if (request.url !== '/triage') return reply(response, 404, { error: 'there is only POST /triage' });
  if (request.method !== 'POST') return reply(response, 405, { error: 'there is only POST /triage' });
  const text = textOf(await bodyOf(request));
  if (text === undefined) return reply(response, 400, { error: 'expected {"text":"…"}' });
  const sorted = await sortByModels(text, (provider) => providerBase(provider, request.headers));
  return reply(response, 200, sorted ?? sortByRule(text));
}

/** Undefined when the body is too long. */
async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
  }
  return length > LONGEST_BODY ? undefined : Buffer.concat(chunks).toString('utf8');
}

function textOf(body) {
  try {
    const { text } = JSON.parse(body ?? '');
    return typeof text === 'string' && text.trim() !== '' ? text : undefined;
  } catch {
    return undefined;
  }
}

function reply(response, status, body) {
  if (response.headersSent) return response.destroy();
  response.writeHead(status, { 'content-type': 'application/json' });
  return response.end(JSON.stringify(body));
}
