import { isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { textIn } from '../fields.ts';
import type { FormTools, Place } from '../form.ts';
import { timeMs } from '../times.ts';

/** An event of a sample, and where it stands. */
export interface PlacedEvent {
  readonly event: JsonObject;
  readonly at: Place;
}

export interface SolverEvents {
  /** In the order of the log; without those of scorers, whose model calls are not the workload's. */
  readonly all: readonly PlacedEvent[];
  /** When the first came. */
  readonly firstMs: number | undefined;
  /** When scoring began. */
  readonly scoringMs: number | undefined;
}

/** Logs before 0.3.70 have the events of a tool or subtask inside its own. */
const MAX_DEPTH = 16;
/** What frames other events. */
const FRAMES: ReadonlySet<unknown> = new Set(['span_begin', 'span_end', 'step', 'sample_init', 'score', 'subtask']);
const STEPS: ReadonlySet<unknown> = new Set(['model', 'tool', 'approval']);

export function solverEvents(events: readonly unknown[], place: Place, tools: FormTools): SolverEvents {
  const all: PlacedEvent[] = [];
  const scorers = new Set<string>();
  let scoringMs: number | undefined;
  let firstMs: number | undefined;
  let openScorers = 0;
  const visit = (event: JsonObject, at: Place, depth: number): void => {
    firstMs ??= timeMs(event['timestamp']);
    if (event['event'] === 'step' && event['type'] === 'scorer') {
      openScorers = Math.max(0, openScorers + (event['action'] === 'end' ? -1 : 1));
    }
    if (event['event'] === 'span_begin' && isScorer(event, scorers)) scorers.add(textIn(event, 'id') ?? '');
    if (openScorers > 0 || scorers.has(textIn(event, 'span_id') ?? '')) {
      scoringMs ??= timeMs(event['timestamp']);
      if (event['event'] === 'model') tools.ignore('model calls of scorers');
      return;
    }
    if (STEPS.has(event['event'])) all.push({ event, at });
    else if (!FRAMES.has(event['event'])) tools.ignore(`${textIn(event, 'event') ?? 'unnamed'} events`);
    if (depth < MAX_DEPTH) visitAll(listOf(event['events']), at, depth + 1);
  };
  const visitAll = (list: readonly unknown[], from: Place, depth: number): void => {
    for (const [index, event] of list.entries()) {
      if (isObject(event)) visit(event, { ...from, pointer: `${from.pointer}/events/${index}` }, depth);
    }
  };
  visitAll(events, place, 0);
  return { all, firstMs, scoringMs };
}

export function idOf({ event, at }: PlacedEvent): string {
  return textIn(event, 'uuid') ?? `event ${at.pointer}`;
}

/** Newer logs mark scorers by spans, older ones by steps. */
function isScorer({ type, parent_id: parent }: JsonObject, scorers: ReadonlySet<string>): boolean {
  return type === 'scorers' || type === 'scorer' || (typeof parent === 'string' && scorers.has(parent));
}
