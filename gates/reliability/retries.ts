import type { EvidenceRef } from '../../src/contract/evidence.ts';
import type { RepeatedRequest } from '../../src/contract/repeated-requests.ts';
import type { ModelCall } from '../../src/contract/run.ts';

/** How often one model call was repeated. */
export interface Retries {
  /** Attempts beyond the first of each model, recorded or not. */
  readonly count: number;
  /** ms between the end of an attempt and the start of the next of the same model; only where both are recorded. */
  readonly waitsMs: readonly number[];
  /** The last recorded attempt. */
  readonly ref: EvidenceRef;
}

/** A call that replaces another model is no retry of it, and goes on with its numbers. */
export function retriesOf({ attempts, unrecorded }: RepeatedRequest): Retries {
  const [first] = attempts;
  let last = first;
  let count = unrecorded - (first.fallbackFrom === undefined ? 0 : (first.attempt ?? 1) - 1);
  const waitsMs: number[] = [];
  for (const attempt of attempts) {
    if (attempt === first) continue;
    if (isSameModel(last, attempt)) {
      count += 1;
      const waitMs = waitBetween(last, attempt);
      if (waitMs !== undefined) waitsMs.push(waitMs);
    }
    last = attempt;
  }
  return { count, waitsMs, ref: last.ref };
}

function isSameModel(a: ModelCall, b: ModelCall): boolean {
  return a.provider === b.provider && (a.requestedModel ?? a.servedModel) === (b.requestedModel ?? b.servedModel);
}

function waitBetween({ startMs, durationMs }: ModelCall, next: ModelCall): number | undefined {
  if (startMs === undefined || durationMs === undefined || next.startMs === undefined) return undefined;
  return Math.max(0, next.startMs - (startMs + durationMs));
}
