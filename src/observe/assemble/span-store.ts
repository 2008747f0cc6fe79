import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createLineSplitter } from '../line-splitter.ts';
import type { SpanRow } from './span-row.ts';
import { hashOf, type TraceCountdown } from './trace-countdown.ts';

/** Spilled traces are assembled one partition at a time, so memory at the end is a 64th of what was spilled. */
const PARTITIONS = 64;
/** Characters of content that weigh as much as one span. */
const CONTENT_PER_SPAN = 500;

export interface SpanStoreOptions {
  /** Folder in which a private one may be made. */
  readonly spillRoot: string;
  readonly maxSpansInMemory: number;
  /** Lets traces go as soon as their last span came; without it all are held until `drain`. */
  readonly countdown: TraceCountdown | undefined;
  /** Called once per trace, with its rows in the order in which they were added. */
  readonly onTrace: (rows: readonly SpanRow[]) => void;
}

/** Holds spans until their trace is complete: in memory until there are too many, then in files. */
export interface SpanStore {
  /** False for a span whose trace was handed on before. */
  add(row: SpanRow): boolean;
  /** Hands on every trace that is still held, in an order that does not depend on what was spilled. */
  drain(): void;
  /** Removes what was spilled. Must be called in every case. */
  remove(): void;
}

export function createSpanStore({ spillRoot, maxSpansInMemory, countdown, onTrace }: SpanStoreOptions): SpanStore {
  /** By the number of the trace. */
  const held = new Map<number, SpanRow[]>();
  /** Numbers of traces of which a part is in a file. */
  const spilled = new Set<number>();
  let folder: string | undefined;
  let weight = 0;

  // A trace id that was redacted is not the one that was counted.
  const numberOf = ({ trace, isTraceAsRecorded }: SpanRow) =>
    countdown !== undefined && isTraceAsRecorded ? countdown.numberOf(trace) : -1 - (hashOf(trace) >>> 0);
  const spill = () => {
    // mkdtemp gives a folder that only its owner can enter.
    folder ??= mkdtempSync(join(spillRoot, 'aigate-spill-'));
    for (const [partition, rows] of partitioned(held).entries()) appendTo(fileOf(folder, partition), rows);
    if (countdown !== undefined) for (const number of held.keys()) spilled.add(number);
    held.clear();
    weight = 0;
  };
  return {
    add(row) {
      const number = numberOf(row);
      const rows = held.get(number);
      if (rows === undefined) held.set(number, [row]);
      else rows.push(row);
      weight += weightOf(row);
      const arrival = number < 0 ? 'early' : countdown?.arrive(number);
      if (arrival === 'last' && !spilled.has(number)) {
        const complete = rows ?? [row];
        held.delete(number);
        for (const done of complete) weight -= weightOf(done);
        handOn(complete, onTrace);
      } else if (weight > maxSpansInMemory) spill();
      return arrival !== 'late';
    },
    drain() {
      for (const [partition, rows] of partitioned(held).entries()) {
        const all: SpanRow[] = [];
        if (folder !== undefined) readFrom(fileOf(folder, partition), (slice) => all.push(...slice));
        handOn([...all, ...rows], onTrace);
      }
      held.clear();
    },
    remove() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function partitioned(held: ReadonlyMap<number, readonly SpanRow[]>): SpanRow[][] {
  const partitions: SpanRow[][] = Array.from({ length: PARTITIONS }, () => []);
  for (const [number, rows] of held) {
    const partition = partitions[number & (PARTITIONS - 1)];
    for (const row of rows) partition?.push(row);
  }
  return partitions;
}

/** Trace by trace, in the order of their ids. */
function handOn(rows: readonly SpanRow[], onTrace: SpanStoreOptions['onTrace']): void {
  const [first] = rows;
  if (first === undefined) return;
  if (rows.every(({ trace }) => trace === first.trace)) {
    onTrace(rows);
    return;
  }
  const traces = new Map<string, SpanRow[]>();
  for (const row of rows) {
    const known = traces.get(row.trace);
    if (known === undefined) traces.set(row.trace, [row]);
    else known.push(row);
  }
  for (const [, trace] of [...traces].sort(([a], [b]) => (a < b ? -1 : 1))) onTrace(trace);
}

function weightOf({ tool, model }: SpanRow): number {
  return 1 + (tool?.args ?? model?.extra?.text ?? '').length / CONTENT_PER_SPAN;
}

function fileOf(folder: string, partition: number): string {
  return join(folder, `${partition}.jsonl`);
}

/** One line of JSON per spill. */
function appendTo(path: string, rows: readonly SpanRow[]): void {
  const line = Buffer.from(`${JSON.stringify(rows)}\n`);
  const file = openSync(path, 'a', 0o600);
  try {
    for (let written = 0; written < line.length; ) written += writeSync(file, line, written);
  } finally {
    closeSync(file);
  }
}

function readFrom(path: string, onRows: (rows: readonly SpanRow[]) => void): void {
  const lines = createLineSplitter(
    {
      line: (text) => onRows(JSON.parse(text) as SpanRow[]), // written by appendTo and by nobody else
      unreadable(reason) {
        throw new Error(`a spill file is damaged: ${reason}`);
      },
    },
    Number.POSITIVE_INFINITY,
  );
  const file = openSync(path, 'r');
  try {
    for (let size = readSync(file, lines.space()); size > 0; size = readSync(file, lines.space())) lines.advance(size);
    lines.end();
  } finally {
    closeSync(file);
  }
}
