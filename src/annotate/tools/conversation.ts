import type { ObservedRun, ObservedToolCall } from '../../contract/observed-run.ts';
import { type SaidText, saidText } from './said-text.ts';

/** What was said and done before a call. It is valid during the visit; afterwards it goes on growing. */
export interface Heard {
  /** Different texts of the user, oldest first. */
  readonly user: readonly SaidText[];
  /** The last words of the user. */
  readonly last: string | undefined;
  /** Some words of the user may be missing. */
  readonly mayLackUser: boolean;
  /** Answers of tools, oldest first; `said` undefined = what it answered is not recorded. */
  readonly answers: readonly { readonly tool: string | undefined; readonly said: SaidText | undefined }[];
  /** Calls that ran before, oldest first. */
  readonly calls: readonly ObservedToolCall[];
}

/** Walks once through a run and tells, for each call of a tool, what was said before it. */
export function heardBefore(
  { steps }: Pick<ObservedRun, 'steps'>,
  visit: (call: ObservedToolCall, heard: Heard, index: number) => void,
): void {
  // Recordings repeat the whole conversation with every call: each text is kept once.
  const user = new Map<string, SaidText>();
  const texts: SaidText[] = [];
  const answers: { tool: string | undefined; said: SaidText | undefined }[] = [];
  const calls: ObservedToolCall[] = [];
  let [last, mayLackUser, hasModel]: [string | undefined, boolean, boolean] = [undefined, false, false];
  for (const [index, step] of steps.entries()) {
    if (step.type === 'model') {
      hasModel = true;
      mayLackUser ||= step.heard === undefined;
      last = step.heard?.at(-1) ?? last;
      for (const text of step.heard ?? []) {
        if (user.has(text)) continue;
        const said = saidText(text);
        user.set(text, said);
        texts.push(said);
      }
    } else if (step.type === 'tool') {
      visit(step, { user: texts, last, mayLackUser: mayLackUser || !hasModel, answers, calls }, index);
      calls.push(step);
      answers.push({ tool: step.tool, said: step.result === undefined ? undefined : saidText(step.result) });
    }
  }
}
