import type { CheckResult } from '../check.ts';
import { describeTroubles, missingAnswers } from '../live-traffic.ts';
import type { MissingInput } from '../measure.ts';
import { showName } from '../name-counts.ts';
import { quantity } from '../quantity.ts';
import { formatNumber } from '../units.ts';
import { refsOf } from '../witness.ts';
import type { DrillCell, DrillContext, JudgedRun } from './drill-cells.ts';

interface Question {
  /** The faults of the check. */
  readonly faults: readonly string[];
  readonly runs: readonly JudgedRun[];
  readonly cells: readonly DrillCell[];
  /** Fewest runs in a cell. */
  readonly fewest: number;
}

/**
 * Why drills prove nothing about these faults, or undefined when each planned one was met often enough in each drilled
 * scenario. Never undefined when no run met any of them.
 */
export function whyNotDrilled(question: Question, { drills, plan }: DrillContext): CheckResult | undefined {
  const { faults, runs, cells, fewest } = question;
  const exercised = cells.reduce((sum, cell) => sum + cell.exercised.length, 0);
  const open = (message: string, missing: MissingInput): CheckResult => ({
    outcome: 'inconclusive',
    message,
    missing,
    measured: { value: fewestIn(cells), unit: 'count' },
    limit: { value: fewest, unit: 'count' },
    limitName: 'runs',
    n: exercised,
    evidence: refsOf(runs.slice(0, 5).map(({ run }) => ({ value: 0, ref: run.ref }))),
  });
  // A fault that comes and goes is easier to bear: its drill takes no place of the ordinary one.
  if (cells.every(({ schedule }) => schedule !== undefined))
    return open(`not drilled: ${listSome(faults)}`, plannedFault(faults));
  const bypasses = drills?.bypasses ?? [];
  if (bypasses.length > 0) {
    const hosts = bypasses.map(({ host, count }) => `${showName(host)} (${formatNumber(count)})`);
    return open(`requests went around the proxy, so what they did was not seen: ${listSome(hosts)}`, ALL_TRAFFIC);
  }
  const short = cells.filter((cell) => cell.exercised.length < fewest && !cell.isForeign);
  if (short.length === 0 && exercised > 0) return undefined;
  const [first = cells[0]] = short;
  const counted = `${formatNumber(first?.exercised.length ?? 0)} of ${quantity(fewest, 'run')} met ${faultName(first)} in scenario ${showName(first?.scenario ?? '')}`;
  const others = short.length > 1 ? `, and ${formatNumber(short.length - 1)} more are short of runs` : '';
  const stopped = drills?.stopped === undefined ? '' : `; drills were left out: ${drills.stopped}`;
  const troubles = drills?.unanswered ?? [];
  if (troubles.length > 0) {
    return open(`${counted}${others}${stopped}; left out: ${describeTroubles(troubles)}`, missingAnswers(troubles));
  }
  return open(`${counted}${others}${stopped}`, moreDrills(fewest, drills?.stopped, plan.drills?.runs ?? 0));
}

function faultName(cell: DrillCell | undefined): string {
  if (cell === undefined) return 'the fault';
  return cell.schedule === undefined ? cell.fault : `${cell.fault} (${showName(cell.schedule)})`;
}

/** `; not met, because nothing that was asked for can have it: stream-stall`, or nothing. */
export function describeForeign(cells: readonly DrillCell[]): string {
  const foreign = [...new Set(cells.filter(({ isForeign }) => isForeign).map(({ fault }) => fault))];
  return foreign.length === 0 ? '' : `; not met, because nothing that was asked for can have it: ${foreign.join(', ')}`;
}

/** Fewest runs that met a fault, over the cells that could; 0 when there are none. */
export function fewestIn(cells: readonly DrillCell[]): number {
  const counts = cells.filter(({ isForeign }) => !isForeign).map(({ exercised }) => exercised.length);
  return counts.length === 0 ? 0 : Math.min(...counts);
}

const ALL_TRAFFIC: MissingInput = {
  input: 'all model traffic of the drills',
  remedy:
    'Take the base URL of every provider from the environment, or where live.http asks a service from the header x-aigate-base-url, so that no model call goes around the proxy.',
};

function plannedFault(faults: readonly string[]): MissingInput {
  const remedy = `Add one of them to drills.faults, or choose a pack that holds one: ${listSome(faults)}.`;
  return { input: 'a drill of the faults that the check is about', remedy };
}

function moreDrills(fewest: number, stopped: string | undefined, planned: number): MissingInput {
  const input = 'drills that met their fault';
  if (stopped !== undefined)
    return { input, remedy: 'Raise live.budget, or drill fewer faults, so that all of them run.' };
  if (planned < fewest) return { input, remedy: `Set drills.runs to at least ${formatNumber(fewest)}.` };
  return {
    input,
    remedy:
      'Drill scenarios that call the primary and its tools, let the code take base URLs from the environment (a service under live.http: from the header x-aigate-base-url), and raise drills.runs.',
  };
}

function listSome(texts: readonly string[]): string {
  const rest = texts.length - 5;
  return rest > 0 ? `${texts.slice(0, 5).join(', ')} and ${formatNumber(rest)} more` : texts.join(', ');
}
