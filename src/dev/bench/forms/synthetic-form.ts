import type { SyntheticTask } from '../synthetic-task.ts';

/** A form of recording that can be generated. */
export interface SyntheticForm {
  readonly name: string;
  readonly layout: 'lines' | 'document' | 'archive';
  /** Lines, items of the list of a document, or members of an archive. */
  readonly valuesOf: (task: SyntheticTask) => readonly unknown[];
  /** What stands around the list of a document; in an archive both are its header. Default: nothing but the list. */
  readonly around?: readonly [head: string, tail: string];
  /** Spaces by which the writers of this document indent it. */
  readonly indent?: number;
}
