import type { RunDraft, RunHandle, RunWriter } from './run-writer.ts';

/** Runs that are kept open for records still to come; a run whose records come later still has one more part. */
const MOST_OPEN = 4_096;

/** Runs whose records stand in lines of their own, in any order and between those of other runs. */
export interface RunParts {
  /** The run of a record that nothing encloses: it begins a run, or is another part of one. */
  outermost(draft: RunDraft): RunHandle;
  /** The run of a record that another one encloses, which may come later or not at all. */
  containing(id: string, draft: () => RunDraft): RunHandle;
}

/** Constant memory, however many runs there are. */
export function createRunParts(write: RunWriter): RunParts {
  const open = new Map<string, RunHandle>();
  const opened = (draft: RunDraft) => {
    if (open.size >= MOST_OPEN) open.clear();
    const run = write(draft);
    open.set(draft.id, run);
    return run;
  };
  return {
    outermost: opened,
    containing: (id, draft) => open.get(id) ?? opened(draft()),
  };
}
