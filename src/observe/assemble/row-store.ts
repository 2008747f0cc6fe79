import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createLineSplitter } from '../line-splitter.ts';
import type { SpanRow } from './span-row.ts';

/** Runs are assembled one partition at a time, so memory at the end is a 64th of all rows. */
const PARTITIONS = 64;
/** Rows turned into text at once: one call of JSON.stringify costs as much as several rows. */
const BATCH = 16;
/** Characters of content that weigh as much as one row. */
const CONTENT_PER_ROW = 500;

/** Rows by trace, in memory until there are too many, then in files. */
export interface RowStore {
  add(row: SpanRow): void;
  /**
   * Calls back once per trace with its rows in the order they were added. The order of traces depends on their ids
   * and first rows only, not on what was spilled. Empties the store.
   */
  drain(onTrace: (rows: readonly SpanRow[]) => void): void;
  /** Removes what was spilled. Must be called in every case. */
  remove(): void;
}

interface Partition {
  /** Rows not yet turned into text. */
  open: SpanRow[];
  /** JSON arrays of rows. */
  sealed: string[];
}

export function createRowStore(spillRoot: string, maxRowsInMemory: number): RowStore {
  const partitions: Partition[] = Array.from({ length: PARTITIONS }, () => ({ open: [], sealed: [] }));
  let folder: string | undefined;
  let weight = 0;

  const fileOf = (into: string, index: number) => join(into, `${index}.jsonl`);
  const spill = () => {
    // mkdtemp gives a folder only its owner can enter.
    folder ??= mkdtempSync(join(spillRoot, 'aigate-spill-'));
    for (const [index, partition] of partitions.entries()) {
      seal(partition);
      const file = openSync(fileOf(folder, index), 'a', 0o600);
      try {
        writeSync(file, partition.sealed.map((batch) => `${batch}\n`).join(''));
      } finally {
        closeSync(file);
      }
      partition.sealed = [];
    }
    weight = 0;
  };
  return {
    add(row) {
      const partition = partitions[partitionOf(row[0])];
      if (partition === undefined) return;
      partition.open.push(row);
      if (partition.open.length >= BATCH) seal(partition);
      weight += 1 + contentLength(row) / CONTENT_PER_ROW;
      if (weight > maxRowsInMemory) spill();
    },
    drain(onTrace) {
      for (const [index, partition] of partitions.entries()) {
        const traces = new Map<string, SpanRow[]>();
        if (folder !== undefined) readBatches(fileOf(folder, index), (rows) => group(rows, traces));
        for (const batch of partition.sealed) group(rowsOf(batch), traces);
        group(partition.open, traces);
        partition.sealed = [];
        partition.open = [];
        for (const rows of traces.values()) onTrace(rows);
      }
    },
    remove() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function seal(partition: Partition): void {
  if (partition.open.length === 0) return;
  partition.sealed.push(JSON.stringify(partition.open));
  partition.open = [];
}

function rowsOf(batch: string): SpanRow[] {
  return JSON.parse(batch) as SpanRow[]; // written by `seal` and by nobody else
}

function group(rows: readonly SpanRow[], traces: Map<string, SpanRow[]>): void {
  for (const row of rows) {
    const known = traces.get(row[0]);
    if (known === undefined) traces.set(row[0], [row]);
    else known.push(row);
  }
}

function readBatches(path: string, onRows: (rows: SpanRow[]) => void): void {
  const file = openSync(path, 'r');
  try {
    const lines = createLineSplitter(
      {
        line: (text) => onRows(rowsOf(text)),
        unreadable: (reason) => {
          throw new Error(`a spill file is damaged: ${reason}`);
        },
      },
      Number.POSITIVE_INFINITY,
    );
    for (let size = readSync(file, lines.space()); size > 0; size = readSync(file, lines.space())) lines.advance(size);
    lines.end();
  } finally {
    closeSync(file);
  }
}

/** FNV-1a over the trace id: stable, and even where ids share a prefix. */
function partitionOf(trace: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < trace.length; i++) hash = Math.imul(hash ^ trace.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (PARTITIONS - 1);
}

function contentLength(row: SpanRow): number {
  const step = row[10];
  if (step === null) return 0;
  return (step.length === 3 ? step[2] : step[11]?.text)?.length ?? 0;
}
