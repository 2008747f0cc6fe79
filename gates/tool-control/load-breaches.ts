import { pointerOf } from '../../src/contract/manifest-ref.ts';
import { showName } from '../../src/contract/name-counts.ts';
import { formatNumber } from '../../src/contract/units.ts';
import type { Witness } from '../../src/contract/witness.ts';
import type { NamedTool } from './declaration-faults.ts';
import { fromMicro, toMicro } from './micro-units.ts';
import { MOST_BUCKETS, type ToolLoad } from './tool-load.ts';

/** One declared limit of a tool and what came closest to it. */
export interface JudgedLoad {
  readonly standing: 'held' | 'breached' | 'unknown';
  /** `pay: 3 calls in a run, limit 2`. */
  readonly text: string;
  /** Of the declaration. */
  readonly pointer: string;
  /** Runs that show it; hours and days are many runs and have none. */
  readonly witnesses: readonly Witness[];
  /** Whether runs that were not recorded would count too. */
  readonly needsAllRuns: boolean;
}

/** Every limit of a tool against its load. */
export function judgeLoads(tool: NamedTool, load: ToolLoad): JudgedLoad[] {
  const [name, { limits = {} }] = tool;
  const { perRun, perHour, spend } = limits;
  const at = (...path: readonly string[]) => pointerOf('tools', name, 'limits', ...path);
  const judge = ({ most, limit, what, isUnknown, ...rest }: Compared): JudgedLoad => ({
    ...rest,
    standing: most > toMicro(limit) ? 'breached' : isUnknown ? 'unknown' : 'held',
    text: `${showName(name)}: ${formatNumber(fromMicro(most), { against: limit })} ${what}, limit ${formatNumber(limit, { against: limit })}`,
  });
  const found: JudgedLoad[] = [];
  if (perRun !== undefined) {
    const most = toMicro(load.perRun);
    found.push(judge({ ...ofRun(load, 'calls'), most, limit: perRun, what: 'calls in a run', pointer: at('perRun') }));
  }
  if (perHour !== undefined) {
    const [hour, calls] = largest(load.hours);
    const isUnknown = load.untimed > 0 || load.hours.length === MOST_BUCKETS || load.hours.length === 0;
    const what = `calls in the hour of ${hour} UTC`;
    found.push(judge({ ...ofTime, most: calls * 1_000_000n, limit: perHour, what, pointer: at('perHour'), isUnknown }));
  }
  if (spend?.perRun !== undefined) {
    const [most, what] = [load.spentPerRun, `in ${showName(spend.arg)} in a run`];
    const pointer = at('spend', 'perRun');
    found.push(
      judge({ ...ofRun(load, 'spent'), most, limit: spend.perRun, what, pointer, isUnknown: load.unread > 0 }),
    );
  }
  if (spend?.perDay !== undefined) {
    const [day, most] = largest(load.days);
    const isUnknown = load.unread + load.untimed > 0 || load.days.length === MOST_BUCKETS || load.days.length === 0;
    const what = `in ${showName(spend.arg)} on ${day} UTC`;
    found.push(judge({ ...ofTime, most, limit: spend.perDay, what, pointer: at('spend', 'perDay'), isUnknown }));
  }
  return found;
}

interface Compared {
  /** In millionths. */
  readonly most: bigint;
  readonly limit: number;
  readonly what: string;
  readonly pointer: string;
  readonly isUnknown: boolean;
  readonly needsAllRuns: boolean;
  readonly witnesses: readonly Witness[];
}

const ofTime = { witnesses: [], needsAllRuns: true };

function ofRun({ witnesses }: ToolLoad, kind: 'calls' | 'spent') {
  return { witnesses: witnesses[kind], needsAllRuns: false, isUnknown: false };
}

/** The largest sum; of equal ones the earliest. */
function largest(buckets: ToolLoad['hours']): readonly [key: string, sum: bigint] {
  return buckets.reduce((most, one) => (one[1] > most[1] ? one : most), buckets[0] ?? ['(no time is recorded)', 0n]);
}
