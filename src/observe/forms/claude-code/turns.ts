import { isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { objectIn, textIn } from '../fields.ts';
import type { Place } from '../form.ts';
import { countOf } from '../usage-parts.ts';
import { NO_RECORDED_USAGE } from '../usage-records.ts';
import { personsWords } from './persons-words.ts';
import { addPart, callOf, failedCall, isSameMessage, openMessage } from './split-message.ts';
import type { Line, SessionState, Speaker } from './state.ts';
import { writeResult } from './tool-results.ts';

/** Calls that may wait for their results; beyond these the oldest is forgotten. */
const MOST_ASKED = 10_000;

/** A line of an assistant: a part of an answer, a request that failed for good, or words that no model wrote. */
export function readAnswer(state: SessionState, speaker: Speaker, part: Line): void {
  const { line, place, ms } = part;
  const message = objectIn(line, 'message') ?? {};
  const { lastMs: startMs, failures, parent, said } = speaker;
  const before = { place, startMs, failures, parent, said };
  if (line['isApiErrorMessage'] === true) {
    state.run.model(failedCall(part, before));
    speaker.failures = 0;
    speaker.said = [];
  } else if (message['model'] === '<synthetic>') state.tools.ignore('messages that no model wrote');
  else if (speaker.message !== undefined && isSameMessage(speaker.message, part)) {
    addPart(speaker.message, part);
  } else {
    if (speaker.message !== undefined) state.run.model(callOf(speaker.message));
    speaker.message = openMessage(part, before);
    speaker.failures = 0;
    speaker.said = [];
  }
  for (const { block, at } of blocksOf(message, place)) {
    if (block['type'] !== 'tool_use' || typeof block['id'] !== 'string') continue;
    const [oldest] = state.asked.keys();
    if (oldest !== undefined && state.asked.size >= MOST_ASKED) state.asked.delete(oldest);
    const call = { name: textIn(block, 'name'), args: block['input'], place: at, atMs: ms };
    state.asked.set(block['id'], call);
  }
}

/** A line of a user: the words of a person, or results of tools. */
export function readQuestion(state: SessionState, speaker: Speaker, { line, place, ms }: Line): void {
  let results = 0;
  for (const { block, at } of blocksOf(objectIn(line, 'message') ?? {}, place)) {
    if (block['type'] !== 'tool_result') continue;
    results += 1;
    const id = textIn(block, 'tool_use_id') ?? '';
    writeResult(state, block, { id, call: state.asked.get(id), line, place: at, ms, parent: speaker.parent });
    state.asked.delete(id);
  }
  const isPrompt = results === 0 && line['isMeta'] !== true && line['isSidechain'] !== true;
  if (!isPrompt || line['isCompactSummary'] === true) return;
  state.prompts += 1;
  speaker.said = [...speaker.said, personsWords(objectIn(line, 'message') ?? {})];
}

export function readSystem({ run, tools }: SessionState, speaker: Speaker, { line, place, ms }: Line): void {
  const { subtype } = line;
  if (subtype === 'api_error') speaker.failures += 1;
  else if (subtype === 'compact_boundary') {
    // The conversation was summarised by a call that the transcript does not hold.
    const input = countOf(objectIn(line, 'compactMetadata'), 'preTokens');
    run.model({
      id: `compaction ${place.line}`,
      place,
      startMs: ms,
      usage: { ...NO_RECORDED_USAGE, input },
      heard: () => [],
    });
  } else tools.ignore(`system lines: ${textIn(line, 'subtype') ?? 'without subtype'}`);
}

function blocksOf(message: JsonObject, place: Place): { readonly block: JsonObject; readonly at: Place }[] {
  return listOf(message['content']).flatMap((block, index) =>
    isObject(block) ? [{ block, at: { ...place, pointer: `${place.pointer}/message/content/${index}` } }] : [],
  );
}
