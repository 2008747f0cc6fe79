import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type FakeProvider, fakeProvider } from '../../observe/proxy/testing/fake-provider.ts';

/** A key without a form that anybody would recognise, so that only who knows it can hide it. */
export const PLANTED_KEY = 'planted0key0of0the0provider';

const MESSAGE = {
  ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', stop_reason: 'end_turn' },
  ...{ stop_sequence: null, usage: { input_tokens: 100, output_tokens: 20 } },
};

/** A provider of messages that repeats the key it is shown, as some do in their refusals. */
export function echoingProvider(status: number): Promise<FakeProvider> {
  return fakeProvider((request, response) => {
    const text = `Risk: medium. AI-generated. ${keyOf(request)}`;
    const body = status === 200 ? { ...MESSAGE, content: [{ type: 'text', text }] } : { error: { message: text } };
    const answer = () => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    request.resume().on('end', answer);
  });
}

function keyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : headers.authorization;
}

/** `live.upstream` with that provider for both models; their keys lie in the environment. */
export function upstreamAt({ url }: Pick<FakeProvider, 'url'>): string {
  return `{ live: { anthropic: { url: '${url}' }, openai: { url: '${url}', key: env:OTHER } } }`;
}

/** The environment in which both keys are planted. */
export const PLANTED = { ANTHROPIC_API_KEY: PLANTED_KEY, OTHER: PLANTED_KEY };

/** The text of every file below a folder. */
export async function everythingIn(dir: string): Promise<string> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return (await Promise.all(files.map((path) => readFile(path, 'utf8')))).join('\n');
}
