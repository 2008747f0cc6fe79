import { jsonValue } from '../../contract/json-value.ts';
import type { Frame } from '../wire/delivery.ts';
import type { CassetteEntry } from './cassette.ts';
import type { PlayableDelivery } from './play-delivery.ts';
import { redactedFrames } from './redacted-frames.ts';
import { MOST_KEPT_BYTES } from './sent-body.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';
import { withTexts } from './with-texts.ts';

/** Everything else may carry keys, accounts or addresses. */
const REQUEST_HEADERS = ['content-type', 'user-agent', 'anthropic-version', 'anthropic-beta', 'openai-beta'];
const RESPONSE_HEADERS = ['content-type', 'retry-after', 'retry-after-ms', 'x-should-retry'];

interface Recorder {
  /** Called once for each answer, when its last frame has passed. */
  readonly write: (entry: CassetteEntry) => void;
  readonly redact: (text: string) => string;
  /** ms */
  readonly now: () => number;
}

/**
 * Records what an upstream answers, while it passes. An answer that the caller did not wait for, and one that never
 * began, is not recorded: replayed, it would show another provider than was there. Neither is one above 32 MB.
 */
export function recordingUpstream(upstream: Upstream, recorder: Recorder): Upstream {
  return {
    ...upstream,
    answer: async (request, signal) => {
      const answer = await upstream.answer(request, signal);
      if (answer.delivery.start !== 'answer') return answer;
      const frames = recorded(request, { delivery: answer.delivery, signal }, recorder);
      return { ...answer, delivery: { ...answer.delivery, frames } };
    },
  };
}

interface Passing {
  readonly delivery: PlayableDelivery;
  readonly signal: AbortSignal;
}

async function* recorded(
  request: UpstreamRequest,
  { delivery, signal }: Passing,
  recorder: Recorder,
): AsyncGenerator<Frame> {
  let [kept, bytes]: [Frame[], number] = [[], 0];
  const write = (end: 'clean' | 'reset') => {
    if (bytes <= MOST_KEPT_BYTES) recorder.write(entryOf(request, { delivery, kept, end }, recorder));
  };
  let lastMs = recorder.now();
  try {
    for await (const frame of delivery.frames) {
      const seenMs = recorder.now();
      bytes += frame.bytes.length;
      if (bytes > MOST_KEPT_BYTES) kept = [];
      else kept.push({ afterMs: Math.round(Math.max(0, seenMs - lastMs) + frame.afterMs), bytes: frame.bytes });
      yield frame;
      // What the caller takes is no time of the provider's.
      lastMs = recorder.now();
    }
  } catch (error) {
    if (!signal.aborted) write('reset');
    throw error;
  }
  if (!signal.aborted) write(delivery.end === 'clean' ? 'clean' : 'reset');
}

interface Passed {
  readonly delivery: PlayableDelivery;
  readonly kept: readonly Frame[];
  readonly end: 'clean' | 'reset';
}

function entryOf(request: UpstreamRequest, { delivery, kept, end }: Passed, { redact }: Recorder): CassetteEntry {
  const { runId, seq, api, provider, path, headers, body, hash } = request;
  return {
    v: 1,
    run: runId,
    seq,
    api,
    provider,
    req: {
      method: 'POST',
      path: redact(path.replace(/[?#].*$/s, '')),
      headers: listed(headers, REQUEST_HEADERS, redact),
      body: withTexts(jsonValue(new TextDecoder().decode(body)), redact),
      hash,
    },
    res: {
      status: delivery.status,
      headers: listed(delivery.headers, RESPONSE_HEADERS, redact),
      frames: redactedFrames(kept, redact),
      end,
    },
  };
}

function listed(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  names: readonly string[],
  redact: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, redact(value)] as const] : [];
    }),
  );
}
