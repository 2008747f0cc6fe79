import type { Drills } from '../../contract/drill-run.ts';
import type { LivePlan } from '../../contract/live.ts';
import type { LoadedPlan } from '../load-plan.ts';
import { drillStop, type StopTools } from './drill-stop.ts';
import { drillUndo, type UndoTools, undoJobs } from './drill-undo.ts';
import type { LiveGuard } from './live-budget.ts';
import { shortfall } from './live-outcome.ts';
import { stopJobs } from './stop-jobs.ts';

/** Takes back what runs did and stops runs that are under way, as the manifest declares; says what the budget left out. */
export async function drillEndings(
  loaded: LoadedPlan & { readonly live: LivePlan },
  given: Omit<UndoTools & StopTools, 'live'> & { readonly guard: LiveGuard },
): Promise<Pick<Drills, 'undos' | 'stop' | 'undosLeftOut' | 'stopLeftOut'>> {
  const tools = { ...given, live: loaded.live };
  const [toTakeBack, toStop] = [undoJobs(loaded), stopJobs(loaded)];
  const undos = await drillUndo(toTakeBack, tools);
  const stop = toStop && (await drillStop(toStop, tools));
  const why = (made: number, planned: number) => shortfall(given.guard.stopped(), made, planned)?.reason;
  return {
    undos,
    stop,
    undosLeftOut: why(undos.length, toTakeBack.length),
    stopLeftOut: why(stop?.runs.length ?? 0, toStop?.stopped.length ?? 0),
  };
}
