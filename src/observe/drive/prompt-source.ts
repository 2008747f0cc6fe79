import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { boundedFetch } from './bounded-fetch.ts';
import { startDeadline } from './deadline.ts';
import { createAnswer, type PromptAnswer } from './prompt-answer.ts';
import { askAnthropic, isAnthropic } from './prompt-anthropic.ts';
import { promptError } from './prompt-error.ts';
import { askOpenAi, isOpenAi } from './prompt-openai.ts';
import type { PromptError, PromptPart, PromptRequest, PromptResult, PromptSdk } from './prompt-types.ts';

/** What a prompt is asked with. */
export interface PromptContext {
  /** Gives a package, or undefined when it is not installed. */
  readonly load: (name: PromptSdk) => Promise<unknown>;
  readonly signal: AbortSignal;
  /** ms on a clock that never goes back. */
  readonly now: () => number;
}

/**
 * Asks a model once, through the provider's package. Never throws. An answer that the package takes as success although it
 * is cut, empty or no message is an error here. The package repeats nothing: it would wait as long as a provider says,
 * also after an abort.
 */
export async function askModel(request: PromptRequest, { load, signal, now }: PromptContext): Promise<PromptResult> {
  const module = await load(request.sdk);
  const startMs = now();
  const deadline = startDeadline(signal, request.timeoutMs);
  const answer = createAnswer(() => now() - startMs);
  const asked = ask(module, request, { answer, signal: deadline.signal });
  const failure = await Promise.race([asked, deadline.passed.then(() => undefined)]);
  deadline.clear();
  const { firstTokenMs, ...seen } = answer.read();
  return {
    ...seen,
    error: stopped(deadline.cause(), request.timeoutMs) ?? failure ?? incomplete(seen.finish),
    startMs,
    durationMs: now() - startMs,
    firstTokenMs: request.isStream ? firstTokenMs : undefined,
  };
}

/**
 * Loads packages that the project in this folder has installed, else those beside aigate.
 * @returns undefined when there is none, or it cannot be loaded
 */
export function packagesOf(projectFolder: string): (name: string) => Promise<unknown> {
  const require = createRequire(join(projectFolder, 'package.json'));
  const load = async (name: string): Promise<unknown> => {
    try {
      return await import(pathToFileURL(require.resolve(name)).href);
    } catch {
      return import(name).catch(() => undefined);
    }
  };
  const loaded = new Map<string, Promise<unknown>>();
  return (name) => {
    const known = loaded.get(name) ?? load(name);
    loaded.set(name, known);
    return known;
  };
}

interface Asking {
  readonly answer: PromptAnswer;
  readonly signal: AbortSignal;
}

async function ask(
  module: unknown,
  request: PromptRequest,
  { answer, signal }: Asking,
): Promise<PromptError | undefined> {
  if (signal.aborted) return undefined;
  const parts = partsOf(module, request, signal);
  if (parts === undefined)
    return ownError('missing-package', `${request.sdk} is not installed: npm install ${request.sdk}`);
  try {
    for await (const part of parts) answer.add(part);
    return undefined;
  } catch (cause) {
    return promptError(cause, request.apiKey);
  }
}

function partsOf(module: unknown, request: PromptRequest, signal: AbortSignal): AsyncGenerator<PromptPart> | undefined {
  const call = { signal, fetch: boundedFetch(signal) };
  switch (request.sdk) {
    case 'openai':
      return isOpenAi(module) ? askOpenAi(module, request, call) : undefined;
    case '@anthropic-ai/sdk':
      return isAnthropic(module) ? askAnthropic(module, request, call) : undefined;
  }
}

function stopped(cause: 'timed-out' | 'aborted' | undefined, timeoutMs: number): PromptError | undefined {
  if (cause === undefined) return undefined;
  return ownError(cause, cause === 'aborted' ? 'aborted' : `the answer was not complete within ${timeoutMs} ms`);
}

function incomplete(finish: string | undefined): PromptError | undefined {
  return finish === undefined ? ownError('incomplete', 'the answer ended without a finish reason') : undefined;
}

function ownError(kind: PromptError['kind'], message: string): PromptError {
  return { kind, httpStatus: undefined, code: undefined, message };
}
