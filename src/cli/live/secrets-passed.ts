import type { LivePlan } from '../../contract/live.ts';
import type { Host } from '../../observe/drive/host.ts';

/** Values of secrets that the workload is passed by name: none of them must come out of a run again. */
export function secretsPassed(live: Pick<LivePlan, 'target'> | undefined, env: Host['env']): string[] {
  return passedTo(live?.target)
    .filter((name) => /key|token|secret|password/i.test(name))
    .flatMap((name) => env[name] || []);
}

/** Names of the variables that it is passed; a model that is asked by itself is passed none. */
export function passedTo(target: LivePlan['target'] | undefined): readonly string[] {
  return target === undefined || target.type === 'prompt' ? [] : target.passEnv;
}
