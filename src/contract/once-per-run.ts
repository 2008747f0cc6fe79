import type { Plan } from './plan.ts';
import type { Run } from './run.ts';

/**
 * What several measures need of the same run, computed once: runs are judged one after another, so that the latest is
 * all there is to remember. Holds only where neither run nor plan changes, which no check may do.
 */
export function oncePerRun<Value>(compute: (run: Run, plan: Plan) => Value): (run: Run, plan: Plan) => Value {
  let latest: { readonly run: Run; readonly plan: Plan; readonly value: Value } | undefined;
  return (run, plan) => {
    if (latest?.run !== run || latest.plan !== plan) latest = { run, plan, value: compute(run, plan) };
    return latest.value;
  };
}
