import { nextHex, pick, type Random, seededRandom } from './random.ts';

/** A call of a tool, and what came back. */
export interface SyntheticCall {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly result: string;
  readonly endMs: number;
}

/** One request to the model; every turn but the last asks for one tool. */
export interface SyntheticTurn {
  readonly id: string;
  readonly said: string;
  readonly call: SyntheticCall | undefined;
  readonly startMs: number;
  readonly endMs: number;
  readonly inputTokens: number;
  /** Part of the input. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** What one run did, in no form of recording yet. Times are Unix ms. */
export interface SyntheticTask {
  /** From 0. */
  readonly number: number;
  /** 32 hex digits. */
  readonly id: string;
  readonly case: string;
  readonly system: string;
  readonly question: string;
  readonly turns: readonly SyntheticTurn[];
  readonly startMs: number;
  readonly endMs: number;
  readonly isDone: boolean;
}

export const MODEL = 'gpt-4o-mini';
export const SERVED_MODEL = 'gpt-4o-mini-2024-07-18';
export const CLAUDE = 'claude-sonnet-4-5-20250929';

const TOOLS = ['get_case', 'search_policy', 'sql_query', 'create_case_note'] as const;
const CASES = ['summarize', 'escalate', 'refund', 'triage'] as const;
/** 2026-11-10T00:00:00Z. */
const FIRST_MS = 1_794_268_800_000;
const TURNS = [1, 2, 3, 3, 4, 4, 4, 5, 5, 6] as const;
/** The last two are what keeps real texts from being ASCII throughout, and JSON strings from being copied as they are. */
const SENTENCES = [
  'The customer asked about a refund for an order that was late. ',
  'The policy says to reply politely and to name the next step within two working days. ',
  'Order 48213 was shipped on 3 November and arrived six days after the promised date.\n',
  'A refund of up to 40 USD may be given without asking; above that a person decides. ',
  'The parcel was handed to the neighbour, who signed for it at 17:42.\n',
  'He wrote: "I would rather have the money back than a voucher". ',
  'The café in the Rue de l’Église had ordered it for its opening. ',
] as const;

/** Tasks without end; the seed decides every one of them. */
export function* syntheticTasks(seed = 1): Generator<SyntheticTask> {
  const random = seededRandom(seed);
  for (let number = 0; ; number++) yield taskOf(random, number);
}

function taskOf(random: Random, number: number): SyntheticTask {
  const startMs = FIRST_MS + number * 90_000;
  const turns: SyntheticTurn[] = [];
  const count = pick(random, TURNS);
  let [now, inputTokens] = [startMs, 600];
  for (let turn = 1; turn <= count; turn++) {
    const next = turnOf(random, { startMs: now, inputTokens, isLast: turn === count });
    turns.push(next);
    now = next.call?.endMs ?? next.endMs;
    inputTokens += next.outputTokens + 200;
  }
  return {
    number,
    id: nextHex(random, 32),
    case: pick(random, CASES),
    system: textOf(random, 14),
    question: textOf(random, 3),
    turns,
    startMs,
    endMs: now,
    isDone: random() < 0.8,
  };
}

function turnOf(
  random: Random,
  { startMs, inputTokens, isLast }: { startMs: number; inputTokens: number; isLast: boolean },
): SyntheticTurn {
  const endMs = startMs + 200 + Math.floor(random() * 1_500);
  const call = {
    id: nextHex(random, 24),
    name: pick(random, TOOLS),
    args: { id: nextHex(random, 8), q: textOf(random, 1), limit: 10 },
    result: JSON.stringify({ ok: true, rows: [textOf(random, 3), textOf(random, 2)] }),
    endMs: endMs + 10 + Math.floor(random() * 150),
  };
  return {
    id: nextHex(random, 24),
    said: textOf(random, isLast ? 5 : 1),
    call: isLast ? undefined : call,
    startMs,
    endMs,
    inputTokens,
    cachedTokens: Math.floor(random() * inputTokens),
    outputTokens: 20 + Math.floor(random() * 200),
  };
}

function textOf(random: Random, sentences: number): string {
  let text = '';
  for (let i = 0; i < sentences; i++) text += pick(random, SENTENCES);
  return text;
}
