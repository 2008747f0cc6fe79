import type { RecordedUsage } from '../contract/observed-run.ts';
import type { Usage } from '../contract/run.ts';

/** Nothing is known: every field undefined. */
export const NO_USAGE: Usage = {
  input: undefined,
  output: undefined,
  cacheRead: undefined,
  cacheWrite: undefined,
  cacheWriteLong: undefined,
  reasoning: undefined,
};

/**
 * The readings a record of token counts admits, in the normal form; several when nothing in the record decides, and
 * then the dearest must be taken. Empty: the record contradicts itself or holds an impossible number. A record without
 * input or output, and without a total to take it from, has one reading, with those fields undefined.
 *
 * Producers count cache tokens inside `input` or beside it, and reasoning inside `output` or beside it. A recorded
 * total decides which. Without one, more cache tokens than input prove "beside" and so does more reasoning than
 * output, unless the naming convention says that cache tokens are inside: then the record contradicts itself.
 */
export function usageReadings(recorded: RecordedUsage): readonly Usage[] {
  const { input, output, total, cacheRead, cacheWrite, cacheWriteLong, reasoning } = recorded;
  if (![input, output, total, cacheRead, cacheWrite, cacheWriteLong, reasoning].every(isCount)) return [];
  if ((cacheWriteLong ?? 0) > (cacheWrite ?? 0)) return [];
  const parts = { cacheRead, cacheWrite, cacheWriteLong, reasoning };
  if (input === undefined || output === undefined) return splitTotal(recorded).map((split) => ({ ...split, ...parts }));
  // The usual record: nothing is part of anything, so there is nothing to decide.
  const isPlain = !cacheRead && !cacheWrite && !reasoning && (total === undefined || total === input + output);
  if (isPlain) return [{ input, output, ...parts }];
  const outputs = outputReadings(output, recorded);
  const readings = inputReadings(input, recorded).flatMap((allInput) =>
    outputs.map((allOutput) => ({ input: allInput, output: allOutput, ...parts })),
  );
  return decideByTotal(readings, recorded).filter((reading) => isCount(reading.input) && isCount(reading.output));
}

/**
 * A total beside one of its parts gives the other; a total alone is split both ways, and the dearer one counts. Neither
 * side is smaller than what is known to be in it: a total that is too small for both contradicts the record.
 */
function splitTotal(recorded: RecordedUsage): readonly Pick<Usage, 'input' | 'output'>[] {
  const { input, output, total, cacheRead = 0, cacheWrite = 0, reasoning = 0 } = recorded;
  if (total === undefined) return [{ input, output }];
  const cached = cacheRead + cacheWrite;
  const splits =
    input !== undefined
      ? [{ input, output: total - input }]
      : output !== undefined
        ? [{ input: total - output, output }]
        : bothWays(total, Math.max(1, cached), reasoning);
  return splits.filter((split) => split.input >= cached && split.output >= reasoning);
}

/** As much input as there can be, and as little. */
function bothWays(total: number, leastInput: number, leastOutput: number) {
  const mostInput = { input: total - leastOutput, output: leastOutput };
  const isOneWay = total < 2 || mostInput.input === leastInput;
  return isOneWay ? [mostInput] : [mostInput, { input: leastInput, output: total - leastInput }];
}

function isCount(value: number | undefined): boolean {
  return value === undefined || (Number.isSafeInteger(value) && value >= 0);
}

function inputReadings(input: number, { cacheRead, cacheWrite, convention, total }: RecordedUsage): readonly number[] {
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0);
  const [inside, beside] = [cached <= input ? [input] : [], [input + cached]];
  if (cached === 0) return inside;
  if (convention === 'disjoint') return beside;
  return convention === 'inclusive' && total === undefined ? inside : [...inside, ...beside];
}

function outputReadings(output: number, { reasoning = 0, reasoningIs, total }: RecordedUsage): readonly number[] {
  if (reasoning === 0) return [output];
  if (reasoning > output || reasoningIs === 'beside') return [output + reasoning];
  return reasoningIs === 'inside' && total === undefined ? [output] : [output, output + reasoning];
}

/**
 * A total that fits no reading contradicts the record. It may be ignored under the disjoint convention only: that
 * reading is the dearest already, and producers that count disjoint often leave cache tokens out of their total.
 */
function decideByTotal<R extends { readonly input: number; readonly output: number }>(
  readings: readonly R[],
  { total, convention }: RecordedUsage,
): readonly R[] {
  if (total === undefined) return readings;
  const fitting = readings.filter(({ input, output }) => input + output === total);
  return fitting.length === 0 && convention === 'disjoint' ? readings : fitting;
}
