import type { JsonObject } from '../../otlp/any-value.ts';
import { textIn } from '../fields.ts';
import { agentRecord, type Speaker } from './state.ts';

/** Who takes turns in a session: the main conversation and its sub-agents, also several at once. */
export interface Speakers {
  /** Whose line it is; undefined when the same line was there before, as it is in files that were joined. */
  of(line: JsonObject): Speaker | undefined;
  /** Whether there were sub-agents without a name, as older versions have them in the file of their session. */
  hadNameless(): boolean;
  end(): void;
}

/** Sub-agents whose last message may still grow; beyond these the oldest one's is complete. */
const MOST_SPEAKERS = 1_000;
/** Lines that are remembered: the one that a line follows is near. */
const MOST_LINES = 10_000;

export function createSpeakers(close: (speaker: Speaker) => void): Speakers {
  const named = new Map<string, Speaker>();
  const byLine = new Map<string, Speaker>();
  let nameless = 0;

  const speakerNamed = (name: string, agent: string | undefined): Speaker => {
    const known = named.get(name);
    if (known !== undefined) return known;
    const [oldest] = named;
    if (oldest !== undefined && named.size >= MOST_SPEAKERS) {
      close(oldest[1]);
      named.delete(oldest[0]);
    }
    const parent = agent === undefined ? undefined : agentRecord(agent);
    const speaker: Speaker = { name, parent, lastMs: undefined, message: undefined, failures: 0, said: [] };
    named.set(name, speaker);
    return speaker;
  };
  const speakerOf = (line: JsonObject): Speaker => {
    const agent = textIn(line, 'agentId');
    if (agent !== undefined) return speakerNamed(`agent ${agent}`, agent);
    if (line['isSidechain'] !== true) return speakerNamed('', undefined);
    const before = byLine.get(textIn(line, 'parentUuid') ?? '');
    if (before !== undefined && before.name !== '') return before;
    nameless += 1;
    return speakerNamed(`sub-agent ${nameless}`, undefined);
  };
  return {
    of(line) {
      const uuid = textIn(line, 'uuid');
      if (uuid !== undefined && byLine.has(uuid)) return undefined;
      const speaker = speakerOf(line);
      if (uuid === undefined) return speaker;
      const [oldest] = byLine.keys();
      if (oldest !== undefined && byLine.size >= MOST_LINES) byLine.delete(oldest);
      byLine.set(uuid, speaker);
      return speaker;
    },
    hadNameless: () => nameless > 0,
    end() {
      for (const speaker of named.values()) close(speaker);
    },
  };
}
