import type { NameCounts } from './name-counts.ts';
import type { SourcePopulation } from './population.ts';

/** In how many of `of` records a field is recorded. */
export interface RecordedField {
  readonly name: string;
  readonly recorded: number;
  readonly of: number;
}

/** What was understood of one recording, without any manifest. */
export interface RecordingProfile {
  readonly schemaVersion: 1;
  readonly population: SourcePopulation;
  /** Steps by type. */
  readonly steps: Readonly<Record<string, number>>;
  /** By type of record (`run`, `model`, …), the fields that checks look for. Types that do not occur are missing. */
  readonly fields: Readonly<Record<string, readonly RecordedField[]>>;
  /** `provider/model` as asked for; `?` where it is not recorded. */
  readonly models: NameCounts;
  readonly tools: NameCounts;
  /** Sums over model calls that report them, as recorded: not yet normalised. */
  readonly tokens: { readonly input: number; readonly output: number; readonly calls: number };
  /** Runs whose outcome is recorded, by outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Attributes by which scenarios may select, with the runs that have each value; only those that were looked for. */
  readonly attributes: Readonly<Record<string, NameCounts>>;
  /** Whether at least `PLACEHOLDER_RUNS` runs have a duration and all of them the same: filled in, not measured. */
  readonly hasPlaceholderTimes: boolean;
}
