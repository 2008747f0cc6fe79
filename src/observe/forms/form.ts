import type { RecordingForm } from '../../contract/population.ts';
import type { RunWriter } from './run-writer.ts';

/** A form of recording besides OTLP, recognised by what is in it and never by its name. */
export interface Form {
  readonly name: RecordingForm;
  /** For whoever holds a file that no form understands: `trace with observations`. */
  readonly looksFor: string;
  /** Whether a line or a whole document is of this form. Cheap, and false for every other form's values. */
  recognises(value: unknown): boolean;
  /** A reader for one file. */
  open(tools: FormTools): FormReader;
}

export interface FormReader {
  /** One line, or the whole document. Never throws, whatever the value is. */
  read(value: unknown, place: Place): void;
  /** After the last value: for forms whose lines belong together. */
  end(): void;
}

/** Where a value stands in its file. */
export interface Place {
  /** From 1. */
  readonly line: number;
  /** RFC 6901 pointer into the value on that line. */
  readonly pointer: string;
}

export interface FormTools {
  readonly write: RunWriter;
  /** Something that could not be read: with it the source is incomplete. */
  problem(message: string, line: number): void;
  /** Something that was read, and that is no part of a run. */
  ignore(what: string): void;
  /** A time that cannot be true, such as one that was filled in afterwards; it is not handed on. */
  impossibleTime(): void;
}
