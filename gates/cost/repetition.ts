import type { Step, ToolCall } from '../../src/contract/run.ts';

/** What a run repeats: one call three times in a row, a cycle of two or three calls three times over, or neither. */
export interface Repetition {
  readonly kind: 'call' | 'cycle' | 'none';
  /** The tool at which it was noticed; undefined without repetition. */
  readonly tool: string | undefined;
  /** There is none for certain, but with arguments as they may have been there is. */
  readonly isPossible: boolean;
}

const LONGEST_CYCLE = 3;
/** Times that a call or a cycle is repeated in all. */
const TIMES = 3;

const NONE: Repetition = { kind: 'none', tool: undefined, isPossible: false };
const POSSIBLE: Repetition = { kind: 'none', tool: undefined, isPossible: true };

/**
 * Looks for repeated pairs of tool and arguments, in one pass: a call that equals the one p calls before it continues a
 * cycle of length p, and (TIMES − 1) × p such calls in a row complete it. Arguments that were not recorded, or cut, may
 * equal any.
 */
export function repetitionIn(steps: readonly Step[]): Repetition {
  const before: (ToolCall | undefined)[] = [undefined, undefined, undefined];
  const same = [0, 0, 0];
  const perhaps = [0, 0, 0];
  let isPossible = false;
  for (const step of steps) {
    if (step.type !== 'tool') continue;
    for (let length = 1; length <= LONGEST_CYCLE; length++) {
      const earlier = before[length - 1];
      same[length - 1] = isSame(step, earlier) ? (same[length - 1] ?? 0) + 1 : 0;
      perhaps[length - 1] = isPerhapsSame(step, earlier) ? (perhaps[length - 1] ?? 0) + 1 : 0;
      const enough = (TIMES - 1) * length;
      if ((same[length - 1] ?? 0) >= enough) {
        return { kind: length === 1 ? 'call' : 'cycle', tool: step.tool, isPossible: false };
      }
      isPossible ||= (perhaps[length - 1] ?? 0) >= enough;
    }
    before.copyWithin(1, 0);
    before[0] = step;
  }
  return isPossible ? POSSIBLE : NONE;
}

function isSame({ tool, args }: ToolCall, earlier: ToolCall | undefined): boolean {
  return tool !== undefined && tool === earlier?.tool && isWhole(args) && args === earlier.args;
}

function isPerhapsSame({ tool, args }: ToolCall, earlier: ToolCall | undefined): boolean {
  if (earlier === undefined) return false;
  const isTool = tool === undefined || earlier.tool === undefined || tool === earlier.tool;
  return isTool && (args === undefined || earlier.args === undefined || args === earlier.args);
}

/** Long arguments are cut and end in an ellipsis, which no JSON value does. */
function isWhole(args: string | undefined): boolean {
  return args !== undefined && !args.endsWith('…');
}
