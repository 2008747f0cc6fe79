import type { RunOutcome } from '../../contract/run.ts';
import { offeredTools } from '../offered-tools.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { type Speaker, writeConversation } from './conversation.ts';
import type { Form, FormTools, Place } from './form.ts';
import type { When } from './run-writer.ts';
import { durationOf, timeMs } from './times.ts';
import { isAnswer, isConversation } from './turns.ts';

/** Members under which the messages of a conversation stand. */
const MESSAGE_KEYS = ['traj', 'messages', 'contents', 'items'] as const;
/** With one of these beside them the messages are one request, most of which earlier requests had before. */
const REQUEST_KEYS = ['response', 'choices', 'completion', 'call_type'] as const;

/**
 * Conversations in messages, as clients of OpenAI's, Anthropic's and Google's interfaces keep them and benchmarks publish
 * them: a list of messages, an object with such a list, a list of such objects, or one with `simulations`. Logs of single requests are
 * none.
 */
export const messages: Form = {
  name: 'messages',
  looksFor: 'messages, traj, contents or items with roles, or simulations of them',
  recognises: (value) => episodesIn(value).some(({ messages }) => messages !== undefined),
  open: (tools) => ({
    read(value, place) {
      const episodes = episodesIn(value);
      const areFilledIn = haveOneDuration(episodes);
      for (const episode of episodes) {
        const at = { line: place.line, pointer: `${place.pointer}${episode.path}` };
        const { messages } = episode;
        const missing = (what: string) => tools.problem(`${at.pointer || 'the line'} holds no ${what}`, at.line);
        if (messages === undefined) missing('whole conversation in messages');
        // A run without a call would cost nothing and never fail.
        else if (!messages.some(isAnswer)) missing('message of the role assistant');
        else writeEpisode({ ...episode, messages }, { tools, at, areFilledIn });
      }
    },
    end() {},
  }),
};

interface Episode {
  /** Pointer from the value that was read. */
  readonly path: string;
  /** Everything that is said besides the messages. */
  readonly about: JsonObject;
  /** Pointer from the episode; the list itself may be the whole file. */
  readonly messagesPath: string;
  readonly messages: readonly JsonObject[] | undefined;
}

function episodesIn(value: unknown): readonly Episode[] {
  if (isConversation(value)) return [{ path: '', about: {}, messagesPath: '', messages: value }];
  if (Array.isArray(value)) return value.map((item, index) => episodeAt(item, `/${index}`));
  if (!isObject(value)) return [];
  const { simulations, info } = value;
  if (!Array.isArray(simulations)) return [episodeAt(value, '')];
  const common = isObject(info) ? { info } : {};
  return simulations.map((item, index) => episodeAt(item, `/simulations/${index}`, common));
}

function episodeAt(value: unknown, path: string, common: JsonObject = {}): Episode {
  const record = isObject(value) ? value : {};
  const key = MESSAGE_KEYS.find((name) => isConversation(record[name]));
  const isRequest = REQUEST_KEYS.some((name) => (record[name] ?? undefined) !== undefined);
  const list = key === undefined || isRequest ? undefined : record[key];
  const about = Object.fromEntries(Object.entries({ ...common, ...record }).filter(([name]) => name !== key));
  return { path, about, messagesPath: `/${key}`, messages: isConversation(list) ? list : undefined };
}

interface EpisodePlace {
  readonly tools: FormTools;
  readonly at: Place;
  /** The times of all episodes were filled in. */
  readonly areFilledIn: boolean;
}

function writeEpisode(
  { about, messages, messagesPath }: Episode & { readonly messages: readonly JsonObject[] },
  { tools, at: place, areFilledIn }: EpisodePlace,
): void {
  const id = nameOf(about['id']);
  const times = timesOf(about);
  const areMeasured = !areFilledIn && !isFilledIn(times);
  if (!areMeasured) tools.impossibleTime();
  const run = tools.write({
    id: id ?? `${place.line}${place.pointer}`,
    isIdLocal: id === undefined,
    place,
    isWhole: true,
    ...(areMeasured ? times : {}),
    outcome: outcomeOf(about),
    task: nameOf(about['task_id']),
    attributes: about,
  });
  const at = { ...place, pointer: `${place.pointer}${messagesPath}` };
  const timed = areMeasured ? messages : messages.map(({ timestamp: _filledIn, ...message }) => message);
  writeConversation(run, timed, { place: at, speaker: speakerOf(about) });
}

function timesOf(about: JsonObject): When {
  return {
    startMs: timeMs(about['start_time']),
    endMs: timeMs(about['end_time']),
    durationMs: durationOf(about['duration'], 's'),
  };
}

const MINUTE_MS = 60_000;
/** As many episodes of one length are no measurement. */
const FILLED_IN = 5;

/** Whole minutes at both ends: no clock gives that, but who fills in what was not measured does. */
function isFilledIn({ startMs, endMs }: When): boolean {
  return startMs !== undefined && endMs !== undefined && startMs % MINUTE_MS === 0 && endMs % MINUTE_MS === 0;
}

function haveOneDuration(episodes: readonly Episode[]): boolean {
  const lasted = episodes.map(({ about }) => {
    const { startMs, endMs, durationMs } = timesOf(about);
    return startMs === undefined || endMs === undefined ? durationMs : endMs - startMs;
  });
  return lasted.length >= FILLED_IN && lasted[0] !== undefined && lasted.every((ms) => ms === lasted[0]);
}

/** A reward of 1 is what benchmarks give for a task that was done; less was not done, and more is on another scale. */
function outcomeOf({ reward, reward_info: info, outcome, success }: JsonObject): RunOutcome | undefined {
  const given = typeof reward === 'number' ? reward : isObject(info) ? info['reward'] : undefined;
  if (typeof given === 'number') return given < 0 || given > 1 ? undefined : given === 1 ? 'success' : 'failure';
  if (typeof success === 'boolean') return success ? 'success' : 'failure';
  return outcome === 'success' || outcome === 'failure' || outcome === 'abandoned' ? outcome : undefined;
}

/** The benchmark form names the model of the agent under test in its settings, as `provider/model` or alone. */
function speakerOf({ model, modelId, provider, info, tools }: JsonObject): Speaker {
  const agent = isObject(info) && isObject(info['agent_info']) ? info['agent_info']['llm'] : undefined;
  return {
    provider: nameOf(provider),
    model: nameOf(model) ?? nameOf(modelId) ?? nameOf(agent),
    offeredTools: offeredTools(tools),
  };
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
