import type { Exchange } from '../proxy/exchange.ts';
import type { LiveRun } from './live-run.ts';

interface AnsweredRun extends Pick<LiveRun, 'ending'> {
  readonly exchanges: readonly Pick<Exchange, 'upstreamProblem'>[];
}

/** The set-up, not the provider's day: a cassette, a script, a key, an account. No workload can make up for it. */
const SET_UP = /^(?!UPSTREAM_)|^UPSTREAM_STATUS: 40[123]/;

/**
 * Why a run shows nothing of the workload: what should have answered its calls did not. A provider that failed for a while
 * and that the run got over is what live runs are to show. Undefined = it shows how the workload is.
 */
export function upstreamTrouble({ ending, exchanges }: AnsweredRun): string | undefined {
  const problems = exchanges.flatMap(({ upstreamProblem }) => upstreamProblem ?? []);
  const setUp = problems.find((problem) => SET_UP.test(problem));
  if (setUp !== undefined) return setUp;
  const isOvercome = ending === 'answered' && exchanges.at(-1)?.upstreamProblem === undefined;
  return isOvercome ? undefined : problems.at(-1);
}
