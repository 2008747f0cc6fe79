import { parsedArguments } from '../../contract/argument-path.ts';
import type { ObservedModelCall, ObservedRun, ObservedToolCall } from '../../contract/observed-run.ts';
import { createIdentifiers, type Identifiers } from './identifiers.ts';
import { type SaidText, saidText } from './said-text.ts';

/** What a tool answered. */
export interface HeardAnswer {
  readonly tool: string | undefined;
  /** Undefined = what it answered is not recorded. */
  readonly said: SaidText | undefined;
  /** What it was asked for. */
  readonly asked: SaidText;
  readonly hasFailed: boolean;
}

/** What was said and done before a call. It is valid during the visit; afterwards it goes on growing. */
export interface Heard {
  /** Different texts of the user, oldest first. */
  readonly user: readonly SaidText[];
  /** The last words of the user. */
  readonly last: string | undefined;
  /** What the model had said before these; undefined = nothing, or not recorded as a whole. */
  readonly asked: string | undefined;
  /** Some words of the user may be missing. */
  readonly mayLackUser: boolean;
  /** Answers of tools that a model has seen, oldest first. */
  readonly answers: readonly HeardAnswer[];
  /** Calls that ran before, oldest first. */
  readonly calls: readonly ObservedToolCall[];
  /** What calls that ran before had for their arguments, and answers that a model has seen held. */
  readonly identifiers: () => Identifiers;
}

/** Walks once through a run and tells, for each call of a tool, what was said before it. */
export function heardBefore(
  { steps }: Pick<ObservedRun, 'steps'>,
  visit: (call: ObservedToolCall, heard: Heard, index: number) => void,
): void {
  // Recordings repeat the whole conversation with every call: each text is kept once.
  const user = new Map<string, SaidText>();
  const texts: SaidText[] = [];
  const answers: HeardAnswer[] = [];
  const turn = createTurn((answer) => answers.push(answer));
  const calls: ObservedToolCall[] = [];
  const dialogue = createDialogue();
  const identifiers = createKnownIdentifiers(calls, answers);
  let [mayLackUser, hasModel] = [false, false];
  for (const [index, step] of steps.entries()) {
    if (step.type === 'model') {
      turn.begin(step.requestedTools ?? []);
      hasModel = true;
      mayLackUser ||= step.heard === undefined;
      dialogue.add(step);
      for (const text of step.heard ?? []) {
        if (user.has(text)) continue;
        const said = saidText(text);
        user.set(text, said);
        texts.push(said);
      }
    } else if (step.type === 'tool') {
      turn.enter(step.tool);
      const mayLack = mayLackUser || !hasModel;
      const heard = { user: texts, ...dialogue.latest(), mayLackUser: mayLack, answers, calls, identifiers };
      visit(step, heard, index);
      calls.push(step);
      const said = step.result === undefined ? undefined : saidText(step.result);
      turn.answer({ tool: step.tool, said, asked: saidText(step.args ?? ''), hasFailed: step.error !== undefined });
    }
  }
}

/** Reads what is new each time it is asked, because most runs never ask. */
function createKnownIdentifiers(calls: readonly ObservedToolCall[], answers: readonly HeardAnswer[]) {
  const known = createIdentifiers();
  let [callsRead, answersRead] = [0, 0];
  return (): Identifiers => {
    for (; callsRead < calls.length; callsRead++) known.add(parsedArguments(calls[callsRead]?.args));
    for (; answersRead < answers.length; answersRead++) known.add(answers[answersRead]?.said?.text);
    return known.found;
  };
}

/** Follows who spoke last: the words of the user, and what they answer. */
function createDialogue() {
  let latest: Pick<Heard, 'last' | 'asked'> = { last: undefined, asked: undefined };
  let [said, turns]: [string | undefined, number] = [undefined, 0];
  return {
    add({ heard = [], text }: Pick<ObservedModelCall, 'heard' | 'text'>): void {
      const last = heard.at(-1);
      // Either every call has all words so far, or only the new ones: as many as all so far, ended alike, are no news.
      if (last !== undefined && (last !== latest.last || heard.length !== turns)) {
        latest = { last, asked: said };
        turns = heard.length > turns ? heard.length : turns + heard.length;
      }
      if (text !== undefined && text.trim() !== '') said = text.endsWith('…') ? undefined : text;
    },
    latest: () => latest,
  };
}

/** Keeps back the answers to calls that a model asked for at once: it wrote the later ones without having seen them. */
function createTurn(hear: (answer: HeardAnswer) => void) {
  let asked: string[] = [];
  let held: HeardAnswer[] = [];
  const flush = () => {
    for (const answer of held) hear(answer);
    held = [];
  };
  return {
    begin(tools: readonly string[]): void {
      flush();
      asked = [...tools];
    },
    /** A call runs; one that the answer of the model did not ask for comes later. */
    enter(tool: string | undefined): void {
      const place = tool === undefined ? -1 : asked.indexOf(tool);
      if (place === -1) flush();
      else asked.splice(place, 1);
    },
    answer(answer: HeardAnswer): void {
      held.push(answer);
    },
  };
}
