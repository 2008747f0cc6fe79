import { isAnswerText } from '../call-shapes.ts';
import { shown } from '../found-text.ts';
import type { Assignment, Call, Loop } from '../module-facts.ts';
import type { ModelCall, ModuleView } from '../module-view.ts';
import type { Sighting } from '../rules.ts';
import { type SpanSet, spanSet } from '../span-set.ts';

/** Errors and answers that are taken for granted. */
export function answerSightings(view: ModuleView): Sighting[] {
  return [...swallowedSightings(view), ...streamSightings(view), ...jsonSightings(view)];
}

function swallowedSightings({ facts, modelCallSpans }: ModuleView): Sighting[] {
  return facts.silentHandlers.flatMap(({ from, body }): Sighting[] => {
    const call = modelCallSpans.firstIn(body);
    return call === undefined ? [] : [{ rule: 'swallowed-error', at: from, found: shown(call.path) }];
  });
}

/** Names that only code uses which looks at the end of a stream, or leaves that to the SDK. */
const END_OF_STREAM =
  /^(?:finish_?reasons?|stop_?reason|finish_?details|on(?:Finish|Error|Abort)|final_?(?:message|content|completion|ChatCompletion)|get_final_(?:message|completion|response)|message_stop|messageStop|message_delta|response\.(?:completed|incomplete|failed)|finalMessage|finalChatCompletion|fullStream|incomplete_details)$/i;

function streamSightings(view: ModuleView): Sighting[] {
  const { facts, modelCalls } = view;
  if ([...facts.words].some((word) => END_OF_STREAM.test(word))) return [];
  const streaming = modelCalls.filter(isStreaming);
  const isOfStream = streamTest(view, streaming);
  return facts.loops
    .filter((loop) => isOfStream(loop))
    .map(({ from, subject }) => ({ rule: 'unchecked-stream', at: from, found: shown(subject) }));
}

/** Helpers that check the end themselves (`chat.completions.stream`, `messages.stream`) are none. */
function isStreaming({ call, api, origin }: ModelCall): boolean {
  if (call.named.some(({ key, value }) => key === 'stream' && value.kind === 'true')) return true;
  return (api === 'google' || api === 'bedrock') && /[sS]tream$/.test(origin.path);
}

function streamTest({ names }: ModuleView, streaming: readonly ModelCall[]): (loop: Loop) => boolean {
  const spans = spanSet(streaming.map(({ call }) => call));
  return ({ subject, over, from, handsOn }) => {
    const { known, path } = names.resolve(subject, from);
    // Its items are bare texts: whatever is done with them, none of them can tell the end.
    if (known?.api === 'ai-sdk' && path === 'streamText().textStream') return true;
    if (handsOn) return false;
    if (spans.firstIn(over) !== undefined) return true;
    const value = names.definition(subject.replace(/\.(?:stream|body)$/, ''), from);
    return value !== undefined && spans.firstIn(value) !== undefined;
  };
}

const PARSERS = /^(?:JSON\.parse|json\.loads|orjson\.loads|ujson\.loads)$/;
const VALIDATORS = /parse|valid|decode|check|assert|schema|coerce|guard|isinstance|isArray|from_dict|(?:^|\.)is[A-Z]/i;

/** How far behind the parsing a check is looked for. */
const NEARBY = 2_000;
/** Longer names are none that people write. */
const LONGEST_NAME = 100;

function jsonSightings({ facts, calls, names }: ModuleView): Sighting[] {
  const parsers = calls.filter(({ call }) => PARSERS.test(call.path));
  const validators = facts.calls.filter(isValidator);
  const guarded = spanSet([...facts.tries, ...validators]);
  const results = spanSet(facts.assignments);
  const checks = spanSet(validators);
  return parsers.flatMap(({ call }): Sighting[] => {
    const [text = ''] = call.args;
    if (text === '' || guarded.encloses(call) || !isAnswerText(names.resolve(text, call.from))) return [];
    const result = results.lastAround(call);
    if (result !== undefined && isCheckedLater(facts.source, result, checks)) return [];
    return [{ rule: 'unguarded-json-parse', at: call.from, found: `${call.path}(${shown(text)})` }];
  });
}

/** Something that looks at a value before it is believed; making an object of a class counts. */
function isValidator({ path }: Call): boolean {
  return !PARSERS.test(path) && (VALIDATORS.test(path) || /(?:^|\.)[A-Z]\w*$/.test(path));
}

function isCheckedLater(source: string, { name, to, scope }: Assignment, checks: SpanSet<Call>): boolean {
  const end = Math.min(scope.to, to + NEARBY);
  const isGiven = ({ args }: Call) => args.some((path) => path === name || path.startsWith(`${name}.`));
  if (checks.allIn({ from: to, to: end }).some(isGiven)) return true;
  if (name.length > LONGEST_NAME) return false;
  const quoted = name.replace(/\W/g, '\\$&');
  return new RegExp(`(?:typeof|\\bin)\\s+${quoted}\\b|${quoted}\\s+instanceof`).test(source.slice(to, end));
}
