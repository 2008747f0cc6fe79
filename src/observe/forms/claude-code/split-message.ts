import { answerOfMessages } from '../../otlp/answer.ts';
import { isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { userTexts } from '../../said.ts';
import { objectIn, textIn } from '../fields.ts';
import type { Place } from '../form.ts';
import type { ModelDraft } from '../run-writer.ts';
import { countOf } from '../usage-parts.ts';
import { NO_RECORDED_USAGE, recordedUsage } from '../usage-records.ts';
import type { Line } from './state.ts';

/** What came before an answer. */
export interface Before {
  readonly place: Place;
  /** When the line before it came, in ms. */
  readonly startMs: number | undefined;
  /** Requests that failed since the answer before. */
  readonly failures: number;
  readonly parent: string | undefined;
  /** What the person said since the answer before. */
  readonly said: readonly JsonObject[];
}

/** An answer whose parts are still coming: each is a line of its own, and each repeats the usage of the whole. */
export interface OpenMessage {
  readonly before: Before;
  readonly key: string;
  readonly model: string | undefined;
  readonly provider: string | undefined;
  readonly blocks: unknown[];
  endMs: number | undefined;
  /** Of the line that counts most output: earlier lines were written while the answer was streamed. */
  usage: JsonObject | undefined;
  finish: string | undefined;
  /** A person stopped it while it was streamed. */
  isAborted: boolean;
}

/** No answer has so many parts. */
const MOST_BLOCKS = 10_000;

export function openMessage(part: Line, before: Before): OpenMessage {
  const message = objectIn(part.line, 'message') ?? {};
  const open: OpenMessage = {
    before,
    key: keyOf(part.line),
    model: textIn(message, 'model'),
    provider: providerOf(message),
    blocks: [],
    endMs: undefined,
    usage: undefined,
    finish: undefined,
    isAborted: false,
  };
  addPart(open, part);
  return open;
}

/** What is beyond the limit stands under the same id with other content, which is a problem of the recording. */
export function isSameMessage({ key, blocks }: OpenMessage, { line }: Line): boolean {
  return blocks.length < MOST_BLOCKS && key === keyOf(line);
}

export function addPart(open: OpenMessage, { line, ms }: Line): void {
  const message = objectIn(line, 'message') ?? {};
  const { content, usage } = message;
  if (typeof content === 'string') open.blocks.push({ type: 'text', text: content });
  else for (const block of listOf(content)) open.blocks.push(block);
  open.endMs = ms ?? open.endMs;
  if (line['isAbortedMidStream'] === true) open.isAborted = true;
  open.finish = textIn(message, 'stop_reason') ?? open.finish;
  if (isObject(usage) && outputOf(usage) >= outputOf(open.usage)) open.usage = usage;
}

export function callOf(message: OpenMessage): ModelDraft {
  const { before, key, model, provider, blocks, endMs, usage, finish, isAborted } = message;
  return {
    id: `message ${key}`,
    parent: before.parent,
    place: before.place,
    ...between(before.startMs, endMs),
    error: isAborted ? 'interrupted' : undefined,
    provider,
    servedModel: model,
    usage: recordedUsage(usage) ?? NO_RECORDED_USAGE,
    finish: finish === undefined ? undefined : [finish],
    heard: () => before.said.flatMap(userTexts),
    answer: answerOfMessages([{ role: 'assistant', content: blocks }]),
    // Fast answers cost several times as much, whatever the tier.
    serviceTier: usage?.['speed'] === 'fast' ? 'fast' : textIn(usage, 'service_tier'),
    resends: resendsOf(before),
  };
}

/** A request that was given up: what stands in place of an answer was written by the client. */
export function failedCall({ line, ms }: Line, before: Before): ModelDraft {
  const status = line['apiErrorStatus'] ?? objectIn(line, 'error')?.['status'];
  return {
    id: `message ${keyOf(line)}`,
    parent: before.parent,
    place: before.place,
    ...between(before.startMs, ms),
    error: typeof status === 'number' ? String(status) : (textIn(line, 'error') ?? 'api_error'),
    usage: NO_RECORDED_USAGE,
    heard: () => before.said.flatMap(userTexts),
    resends: resendsOf(before),
  };
}

function between(startMs: number | undefined, endMs: number | undefined): Pick<ModelDraft, 'startMs' | 'endMs'> {
  return startMs === undefined ? { startMs: endMs } : { startMs, endMs };
}

/** Older versions wrote no line for a failed request, so that none is not known to be none. */
function resendsOf({ failures }: Before): number | undefined {
  return failures === 0 ? undefined : failures;
}

function outputOf(usage: JsonObject | undefined): number {
  return usage === undefined ? 0 : (countOf(usage, 'output_tokens') ?? 0);
}

function keyOf(line: JsonObject): string {
  const id = textIn(objectIn(line, 'message'), 'id');
  return id === undefined ? (textIn(line, 'uuid') ?? '') : `${id} ${textIn(line, 'requestId') ?? ''}`;
}

/** Which cloud answered shows in the form of the message id; other endpoints that speak this interface are not known. */
function providerOf({ id, model }: JsonObject): string | undefined {
  if (typeof id !== 'string') return undefined;
  if (id.startsWith('msg_bdrk_')) return 'aws.bedrock';
  if (id.startsWith('msg_vrtx_')) return 'gcp.vertex_ai';
  return id.startsWith('msg_0') && typeof model === 'string' && model.startsWith('claude') ? 'anthropic' : undefined;
}
