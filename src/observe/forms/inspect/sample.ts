import { failureOf } from '../../failure.ts';
import { isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { writeConversation } from '../conversation.ts';
import { objectIn, textIn } from '../fields.ts';
import type { FormTools, Place } from '../form.ts';
import { recordedTime } from '../recorded-time.ts';
import type { RunDraft } from '../run-writer.ts';
import { durationOf, timeMs } from '../times.ts';
import { isConversation } from '../turns.ts';
import { createAttachments } from './attachments.ts';
import { type SolverEvents, solverEvents } from './events.ts';
import type { LogFacts } from './header.ts';
import { modelNames } from './model-names.ts';
import { outcomeOf } from './outcome.ts';
import { writeSteps } from './steps.ts';

export interface SamplePlace {
  readonly log: LogFacts;
  readonly tools: FormTools;
  readonly place: Place;
}

/** A sample in one epoch as a run; attempts at it that failed before are runs of their own. */
export function readSample(sample: unknown, at: SamplePlace): void {
  const { tools, place } = at;
  if (!isObject(sample) || textIn(sample, 'id') === undefined) {
    tools.problem(`${place.pointer} is no sample with an id`, place.line);
    return;
  }
  if (isObject(sample['invalidation'])) {
    tools.problem(`${place.pointer} is marked as invalid and was left out`, place.line);
    return;
  }
  for (const [index, retried] of listOf(sample['error_retries']).entries()) {
    if (!isObject(retried)) continue;
    const pointer = `${place.pointer}/error_retries/${index}`;
    const { scores: _scores, messages: _messages, total_time: _time, ...rest } = sample;
    const attempt = { ...rest, events: retried['events'], error: retried, started_at: null, completed_at: null };
    writeSample(attempt, { ...at, place: { ...place, pointer }, attempt: `/attempt ${index + 1}` });
  }
  writeSample(sample, { ...at, attempt: '' });
}

function writeSample(sample: JsonObject, at: SamplePlace & { readonly attempt: string }): void {
  const { log, tools, place, attempt } = at;
  const recorded = listOf(sample['events'] ?? objectIn(sample, 'transcript')?.['events']);
  const events = solverEvents(recorded, place, tools);
  const own = textIn(sample, 'uuid');
  const number = `${textIn(sample, 'id')}/${textIn(sample, 'epoch') ?? '1'}`;
  const run = tools.write({
    id: `${own ?? (log.id === undefined ? number : `${log.id}/${number}`)}${attempt}`,
    isIdLocal: own === undefined && log.id === undefined,
    place,
    isWhole: true,
    ...timesOf(sample, events, tools),
    error: errorOf(sample),
    outcome: outcomeOf(scoresOf(sample), log.isWideScale),
    // Samples of different tasks have the same numbers.
    task: log.task === undefined ? textIn(sample, 'id') : `${log.task}/${textIn(sample, 'id')}`,
    version: log.version,
    revision: log.revision,
    isReplayed: events.all.some(({ event }) => event['cache'] === 'read'),
    attributes: { ...objectIn(sample, 'metadata'), ...log.attributes, ...aboutSample(sample) },
  });
  const attachments = createAttachments(sample, () =>
    tools.problem(`${place.pointer}: an attachment is missing`, place.line),
  );
  // A transcript without a model call says that there was none, whatever the messages show.
  if (recorded.length > 0) writeSteps(run, events.all, { attachments, sample, model: log.model, tools });
  else if (isConversation(sample['messages'])) {
    const { provider, model } = modelNames(log.model);
    const at = { ...place, pointer: `${place.pointer}/messages` };
    writeConversation(run, sample['messages'].map(withoutExample), { place: at, speaker: { provider, model } });
  } else tools.problem(`${place.pointer} holds no events and no messages`, place.line);
}

/** Answers that the data set gives as examples were written by no model. */
function withoutExample(message: JsonObject): JsonObject {
  return message['source'] === 'input' && message['role'] === 'assistant' ? { ...message, role: 'example' } : message;
}

/** Older logs have one score without a name. */
function scoresOf({ scores, score }: JsonObject): unknown {
  return scores ?? (isObject(score) ? { score } : undefined);
}

function aboutSample(sample: JsonObject): JsonObject {
  return { metadata: sample['metadata'], sample: { id: sample['id'], epoch: sample['epoch'] } };
}

/** To where scoring begins: what judges need is no part of the task. */
function timesOf(
  sample: JsonObject,
  { firstMs, scoringMs }: SolverEvents,
  tools: FormTools,
): Pick<RunDraft, 'startMs' | 'endMs' | 'durationMs'> {
  const startMs = recordedTime(sample['started_at'], tools) ?? firstMs;
  const endMs = scoringMs ?? timeMs(sample['completed_at']);
  return { startMs, endMs, durationMs: durationOf(sample['total_time'], 's') };
}

/** A sample that ran into a limit was cut off, whatever it is scored. */
function errorOf({ error, limit }: JsonObject): string | undefined {
  if (isObject(error)) return failureOf(textIn(error, 'message'));
  if (typeof error === 'string' && error !== '') return failureOf(error);
  return isObject(limit) ? `${textIn(limit, 'type') ?? 'unknown'}_limit` : undefined;
}
